"""Abbreviations that everybody types, and the words around the matter itself; all folded, with i for y in phrases."""

SHORT_FORMS = {
    "gcn": "giay chung nhan",
    "gks": "giay khai sinh",
    "ks": "khai sinh",
    "kt": "khai tu",
    "gpxd": "giay phep xay dung",
    "gpkd": "giay phep kinh doanh",
    "dkkd": "dang ky kinh doanh",
    "hkd": "ho kinh doanh",
    "qsdd": "quyen su dung dat",
    "bhyt": "bao hiem y te",
    "bhxh": "bao hiem xa hoi",
    "cccd": "can cuoc cong dan",
    "cmnd": "chung minh nhan dan",
    "attp": "an toan thuc pham",
    "vsattp": "an toan thuc pham",
    "tt": "thu tuc",
    "dk": "dang ky",
    "dki": "dang ky",
    "dky": "dang ky",
    "sddat": "su dung dat",
    "ubnd": "uy ban nhan dan",
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
}

# Dropped at the start or the end of what is typed: "làm thủ tục … ở đâu".
LEADING = frozenset(
    {
        "thu tuc",
        "lam",
        "xin",
        "muon",
        "toi",
        "em",
        "chi",
        "anh",
        "minh",
        "can",
        "cach",
        "huong dan",
        "di",
        "ho so",
        "dang lam",
        "giup",
        "hoi",
        "cho hoi",
        "cho toi hoi",
        "tim",
        "lam sao de",
        "lam the nao de",
        "de",
        "giay to",
        "lam thu tuc",
    }
)
TRAILING = frozenset(
    {
        "o dau",
        "can gi",
        "can giay to gi",
        "the nao",
        "nhu the nao",
        "bao nhieu tien",
        "bao nhieu",
        "het bao nhieu",
        "mat bao lau",
        "bao lau",
        "gom gi",
        "gom nhung gi",
        "nhung gi",
        "la gi",
        "gi",
        "khong",
        "duoc khong",
        "online",
        "truc tuyen",
        "qua mang",
        "thi lam the nao",
        "ra sao",
        "nhanh",
    }
)

# Words that add nothing to an everyday expression: "giấy xác nhận độc thân" is "xác nhận độc thân".
FILLERS = frozenset({"giay", "to", "viec", "thu", "tuc", "ho", "so", "dang", "ki", "cap", "lam", "xin", "cho", "moi"})
