// Addresses made of titles keep their Vietnamese letters: “Khoá thử tại Đà Nẵng” → khoa-thu-tai-da-nang.

const make = window.URLify;

function plain(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
}

if (make) window.URLify = (words, ...rest) => make(plain(words), ...rest);
