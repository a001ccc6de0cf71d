"""Legal forms of firms, by country, as they stand in names.

Written down from general knowledge of company law: https://en.wikipedia.org/wiki/List_of_legal_entity_types_by_country
and the ISO 20275 code list of the Global Legal Entity Identifier Foundation name the same forms.

A spelling is written as `normal.words` leaves it: lower case, without accents and dots, single letters joined
("S. p. A." is "spa"). What stands before the colon is the family: two firms with forms of two families are perhaps two
firms, two spellings of one family say nothing.
"""

# Countries that share a form name it once, under the first.
BY_COUNTRY: dict[str, tuple[str, ...]] = {
    "united states": (
        "inc: inc, incorporated",
        "corp: corp, corporation",
        "llc: llc, limited liability company",
        "llp: llp, limited liability partnership, rllp",
        "lp: lp, limited partnership, lllp",
        "pc: pc, pllc, professional corporation, pa",
        ": co, company, companies",
        "pbc: pbc, public benefit corporation",
    ),
    "united kingdom, ireland": (
        "ltd: ltd, limited, private limited, co ltd, company limited, teoranta, teo, cyf, cyfyngedig",
        "plc: plc, public limited company, ccc",
        "cic: cic, community interest company",
        "dac: dac, designated activity company",
        "clg: clg, company limited by guarantee",
        "uc: uc, unlimited company, unlimited",
    ),
    "canada": ("ulc: ulc", "inc: inc, inc ltee", "ltd: ltee, limitee"),
    "australia, new zealand, south africa": ("ltd: pty ltd, pty, pty limited, proprietary limited", "cc: cc"),
    "india": ("ltd: pvt ltd, private limited, pvt limited, p ltd, private ltd, pvt, opc pvt ltd",),
    "singapore, malaysia": ("ltd: pte ltd, pte, pte limited", "ltd: sdn bhd, sdn", "plc: bhd, berhad"),
    "hong kong, china": ("ltd: co ltd, company ltd, hk ltd", "ltd: youxian gongsi"),
    "japan": (
        "kk: kk, kabushiki kaisha, kabushiki gaisha",
        "gk: gk, godo kaisha, goudou gaisha",
        "yk: yk, yugen kaisha",
    ),
    "germany, austria": (
        "gmbh: gmbh, ggmbh, mbh, gesellschaft mit beschrankter haftung, gesellschaft mbh, ges mbh, gesmbh",
        "gmbh co kg: gmbh co kg, gmbh cokg, gmbh co kgaa, gmbh co ohg, ug co kg, ag co kg, se co kg",
        "gmbh co kg: ug haftungsbeschrankt co kg",
        "ag: ag, aktiengesellschaft",
        "ug: ug, ug haftungsbeschrankt, unternehmergesellschaft",
        "kg: kg, co kg, kommanditgesellschaft",
        "kgaa: kgaa",
        "ohg: ohg, offene handelsgesellschaft",
        "gbr: gbr",
        "og: og, offene gesellschaft",
        "ek: ek, ekfr, ekfm, eingetragener kaufmann",
        "ev: ev, eingetragener verein",
        "eg: eg, eingetragene genossenschaft",
    ),
    "switzerland, liechtenstein": ("gmbh: sagl", "sa: sa"),
    "european union": ("se: se, societas europaea", "sce: sce"),
    "france": (
        "sa: sa, societe anonyme",
        "sas: sas, sasu, societe par actions simplifiee",
        "sarl: sarl, eurl, societe a responsabilite limitee",
        "sci: sci",
        "snc: snc",
        "scop: scop",
    ),
    "belgium, netherlands": (
        "bv: bv, besloten vennootschap, bvba, sprl, srl",
        "nv: nv, naamloze vennootschap",
        "vof: vof",
        "cv: cv, cvba, scrl",
        "asbl: asbl, vzw",
    ),
    "luxembourg": ("scs: scs, scsp", "sarl: sarl s, sarls"),
    "italy": (
        "spa: spa, societa per azioni",
        "srl: srl, srls, srl unipersonale, srl uninominale, societa a responsabilita limitata",
        "sas: sas di",
        "sapa: sapa",
        "scarl: scarl, scrl, soc coop, societa cooperativa",
    ),
    "spain": (
        "sl: sl, slu, sociedad limitada, sll, slp",
        "sa: sa, sau, sociedad anonima",
        "scoop: s coop, sociedad cooperativa",
    ),
    "portugal": ("lda: lda, limitada, unipessoal lda, sociedade unipessoal lda", "sgps: sgps, sgps sa"),
    "brazil": ("ltda: ltda, limitada me, ltda me, ltda epp", "sa: sa", "eireli: eireli", "me: mei"),
    "latin america": (
        "sa de cv: sa de cv, sab de cv, sapi de cv",
        "srl de cv: s de rl de cv, s de rl, srl de cv",
        "sas: sas esp, sas bic",
        "ltda: cia ltda, y cia ltda",
        "sac: sac, saa, eirl",
        "spa: spa",
        "sa: ca, sociedad anonima cerrada",
    ),
    "denmark": ("aps: aps, anpartsselskab", "as: as, aktieselskab", "ivs: ivs", "is: is", "amba: amba"),
    "norway": ("as: as, aksjeselskap", "asa: asa, allmennaksjeselskap", "ans: ans", "da: da", "nuf: nuf"),
    "sweden": ("ab: ab, aktiebolag, aktiebolaget, ab publ", "hb: hb, handelsbolag", "kb: kb", "ekonomisk: ek for"),
    "finland": ("oy: oy, oy ab, oyj, oyj abp, osakeyhtio, abp", "ky: ky", "tmi: tmi", "osk: osk"),
    "iceland": ("ehf: ehf", "hf: hf", "ohf: ohf"),
    "poland": (
        "spzoo: sp zoo, spzoo, sp z oo, spolka z ograniczona odpowiedzialnoscia, spolka z oo, spolka zoo",
        "spzoo spk: sp zoo sp k, sp zoo spk, sp zoo sk",
        "sa: sa, spolka akcyjna",
        "spk: spk, sp k, spolka komandytowa, sp komandytowa",
        "spj: spj, sp j, spolka jawna",
        "psa: psa",
    ),
    "czechia, slovakia": (
        "sro: sro, spol sro, s r o, spolecnost s rucenim omezenym, spolocnost s rucenim obmedzenym",
        "as: as, akciova spolecnost, akciova spolocnost",
        "ks: ks, vos",
        "zs: zs",
    ),
    "hungary": ("kft: kft, korlatolt felelossegu tarsasag", "zrt: zrt", "nyrt: nyrt, rt", "bt: bt", "kkt: kkt"),
    "romania, moldova": ("srl: srl, srl d", "sa: sa", "pfa: pfa"),
    "bulgaria": ("ood: ood, eood", "ad: ad, ead"),
    "croatia, slovenia, serbia, bosnia": ("doo: doo, d o o, jdoo", "dd: dd, d d", "ad: ad"),
    "greece, cyprus": ("ae: ae, anonymi etairia", "epe: epe", "ike: ike, pc", "oe: oe"),
    "turkey": (
        "as: as, anonim sirketi, sanayi ve ticaret as, san ve tic as, ticaret as, ve ticaret as",
        "ltd sti: ltd sti, limited sirketi, sanayi ve ticaret ltd sti, san ve tic ltd sti, ticaret ltd sti",
    ),
    "estonia": ("ou: ou, osauhing, oue", "as: as"),
    "latvia": ("sia: sia", "as: as"),
    "lithuania": ("uab: uab", "ab: ab", "mb: mb"),
    "russia, belarus, kazakhstan": ("ooo: ooo, too, odo", "ao: ao, oao, zao, pao, oao", "ip: ip", "chp: chp"),
    "ukraine": ("tov: tov, llc tov", "at: prat, pat, at", "fop: fop", "pp: pp"),
    "indonesia": ("pt: pt, pt tbk, tbk", "cv: cv"),
    "vietnam": ("cp: jsc, joint stock company, cong ty co phan, ctcp", "tnhh: cong ty tnhh, tnhh"),
    "thailand": ("ltd: co ltd", "plc: pcl, public company limited"),
    "philippines": ("opc: opc", "inc: inc"),
    "korea": ("ltd: co ltd, jusik hoesa", "yuhan: yuhan hoesa"),
    "israel": ("ltd: bm, ltd",),
    "gulf": (
        "fze: fze, fz llc, fzc, fzco, dmcc, fz",
        "llc: wll, spc, llc",
        "psc: psc, pjsc, qsc, saoc, saog, kscc, ksc",
    ),
    "egypt, maghreb": ("sae: sae", "sarl: sarl au", "spa: spa"),
    "nigeria, kenya, ghana": ("ltd: nig ltd, nigeria ltd, gh ltd", "plc: nigeria plc", "gte: ltd gte"),
}

# In these countries the form stands in front of the name: ООО Ромашка, UAB Girteka, PT Astra, SIA Rimi.
IN_FRONT = frozenset(
    {
        "ooo", "oao", "zao", "pao", "ao", "too", "odo", "ip", "tov", "prat", "pat", "fop", "pp", "uab", "sia", "ou",
        "pt", "cv", "firma", "sc", "cong ty tnhh", "cong ty co phan", "ctcp", "kk", "kabushiki kaisha", "as", "ab",
        "oy", "doo", "ad", "sarl", "sas", "mb",
    }
)  # fmt: skip

# In scripts without spaces between words, or that would be written in Latin letters first.
NATIVE: dict[str, str] = {
    "株式会社": "kk", "(株)": "kk", "有限会社": "yk", "(有)": "yk", "合同会社": "gk", "合資会社": "gk",
    "一般社団法人": "",
    "股份有限公司": "ltd", "有限责任公司": "ltd", "有限責任公司": "ltd", "有限公司": "ltd", "集团": "", "集團": "",
    "주식회사": "ltd", "(주)": "ltd", "유한회사": "yuhan", "(유)": "yuhan",
    "บริษัท": "", "จำกัด": "ltd", "(มหาชน)": "plc",
    'בע"מ': "ltd", "בע״מ": "ltd", "ش.م.م": "llc", "ذ.م.م": "llc", "ش.م.ع": "psc", "شركة": "",
}  # fmt: skip


def _families() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for forms in BY_COUNTRY.values():
        for form in forms:
            family, spellings = form.split(":")
            for spelling in spellings.split(","):
                found.setdefault(tuple(spelling.split()), family.strip())
    return found


FAMILIES = _families()  # words of a form → its family; an empty family says nothing of the form
LONGEST = max(map(len, FAMILIES))
