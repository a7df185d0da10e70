//! The queries of the golden file.

use domain::search::{EntityKind, Filter, PageStart, Scope, SearchQuery, Sort};

use crate::{
    fixture::{query, shop},
    inputs::TYPED_OTHERWISE,
};

/// Queries as typed into the public search.
const TYPED: &[&str] = &[
    // A title, whole and in part, and titles that others begin with.
    "casablanca",
    "Star Trek",
    "star wars",
    "wars star",
    "the lord of the rings",
    "up",
    "up ",
    "alien",
    "alien ",
    "aliens",
    "moon",
    "new moon",
    "snow",
    "heat",
    "hero",
    "seven",
    "the",
    // Prefixes of one, two and three letters.
    "s",
    "st",
    "sta",
    "star",
    "sta ",
    "h",
    "z",
    "z ",
    "spid",
    "extra terr",
    // Words of several fields: name and brand, name and text, text alone.
    "canon 24-70",
    "nikon 85",
    "sigma art",
    "tamron vc",
    "psycho hitchcock",
    "kubrick",
    "kubrick shining",
    "drama 1999",
    "japan 1954",
    "comedy",
    "scott blade runner",
    "hitchcock james stewart",
    "canon nikon",
    "lenses",
    // With and without marks, and letters that only look like others.
    "amelie",
    "Amélie",
    "AMÉLIE",
    "ame\u{301}lie",
    "leon",
    "satantango",
    "katyn",
    "bruno",
    "cafe",
    "café",
    "deja vu",
    "zatoichi",
    "les miserables",
    "reykjavik",
    "düsseldorf",
    "dusseldorf",
    "prêt à porter",
    // Apostrophes.
    "charlottes web",
    "charlotte's web",
    "charlotte\u{2019}s",
    "dont",
    "don't",
    "monty python's",
    "monty pythons life",
    "avventura",
    "l'avventura",
    "lavventura",
    "rock n roll",
    "thats my boy",
    "ete",
    // Joined and separate words.
    "x-men",
    "xmen",
    "x men",
    "spiderman",
    "spider-man 2",
    "catch22",
    "walle",
    "e.t.",
    "et",
    "extra-terrestrial",
    "11:14",
    "1114",
    "ef-s",
    "af-s nikkor",
    // Digits.
    "24-70",
    "24-70mm",
    "24 70 mm",
    "70mm",
    "f/2.8",
    "f2.8",
    "2.8",
    "2",
    "10,000 bc",
    "10000",
    "2001",
    "8½",
    "8 1/2",
    "9½ weeks",
    "33 1/3",
    "1:2",
    "3,5/18",
    "35mm f/1.4",
    "100",
    "50mm",
    "1.4x",
    // Other scripts.
    "東京",
    "京東",
    "物語",
    "七人の侍",
    "侍",
    "ゴジラ",
    "カメラ",
    "ヨドバシ",
    "となりのトトロ",
    "сталкер",
    "СТАЛ",
    "ночной дозор",
    "гелиос",
    "85мм",
    "медиамаркт",
    "WΔZ",
    "wδz",
    // Pictures.
    "🎬",
    "🎬 📷",
    "🎥",
    // Empty queries, and queries without a word.
    "",
    "   ",
    "!!!",
    "…",
    // Syntax of other query languages.
    "*:*",
    "a AND b",
    "{\"query\":{\"match_all\":{}}}",
    "name:star",
    "star~2",
    "sta*",
    "\"star wars\"",
    "star OR moon",
    "-star",
    "star\\",
    "<b>star</b>",
    "'; DROP TABLE entries; --",
    "\u{0}star\u{0}",
    // Words that no entry has.
    "casablanka",
    "zzzz",
    "star zzzz",
];

/// A query and its name.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) query: SearchQuery,
}

/// All cases.
pub(crate) fn all() -> Vec<Case> {
    let typed = |texts: &'static [&str]| {
        texts.iter().map(|text| Case {
            name: format!("{text:?}"),
            query: query(text),
        })
    };
    let plain = typed(TYPED).chain(long()).chain(special());
    plain.chain(typed(TYPED_OTHERWISE)).collect()
}

/// Queries longer than anybody types.
fn long() -> Vec<Case> {
    [
        ("300 letters", "a".repeat(300)),
        ("300 beginnings", "st ".repeat(100)),
        ("17 words", "the lord of the rings ".repeat(4)),
        ("star after 300 blanks", format!("{}star", " ".repeat(300))),
        ("a long word", "s".repeat(41)),
    ]
    .map(|(name, text)| Case {
        name: name.to_owned(),
        query: query(&text),
    })
    .into()
}

fn special() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |name: &str, text: &str, change: &dyn Fn(&mut SearchQuery)| {
        let mut query = query(text);
        change(&mut query);
        let name = format!("{text:?}, {name}");
        cases.push(Case { name, query });
    };
    let artists = |ids: &[&str]| Scope::Artists(ids.iter().map(|id| (*id).to_owned()).collect());

    case("everything", "star", &|query| {
        query.scope = Scope::Everything
    });
    case("everything", "godzilla", &|query| {
        query.scope = Scope::Everything
    });
    case("an artist's", "", &|query| {
        query.scope = artists(&["art_000"])
    });
    case("an artist's", "the", &|query| {
        query.scope = artists(&["art_001"])
    });
    case("two artists'", "the", &|query| {
        query.scope = artists(&["art_001", "art_002"]);
    });
    case("nobody's", "star", &|query| query.scope = artists(&[]));
    case("somebody's who is not there", "star", &|query| {
        query.scope = artists(&["art_999"])
    });

    for kind in EntityKind::ALL {
        case(kind.name(), "", &|query| query.kinds = vec![kind]);
        case(kind.name(), "photo", &|query| query.kinds = vec![kind]);
    }
    case("artists and retailers", "", &|query| {
        query.kinds = vec![EntityKind::Artist, EntityKind::Retailer];
    });
    case("products and videos", "mm", &|query| {
        query.kinds = vec![EntityKind::Product, EntityKind::Video];
    });

    case("a retailer's", "", &|query| {
        query.filter = shop(&["ret_003"])
    });
    case("a retailer's", "nikkor", &|query| {
        query.filter = shop(&["ret_003"]);
    });
    case("of either of two retailers", "", &|query| {
        query.filter = shop(&["ret_003", "ret_999", "ret_001"]);
    });
    case("of none of no retailers", "", &|query| {
        query.filter = shop(&[])
    });
    case("of no retailer that is there", "", &|query| {
        query.filter = shop(&["ret_999"]);
    });
    case("with a product", "", &|query| {
        query.filter = Filter::Product("prd_027".to_owned())
    });
    case("with a product, everything", "", &|query| {
        query.filter = Filter::Product("prd_027".to_owned());
        query.scope = Scope::Everything;
    });
    case("an artist's page", "", &|query| {
        query.filter = Filter::Artist("art_003".to_owned())
    });
    case("an artist's films", "", &|query| {
        query.filter = Filter::Artist("art_003".to_owned());
        query.kinds = vec![EntityKind::Video];
        query.sort = Sort::Newest;
    });

    for (name, sort) in [
        ("by name", Sort::Name),
        ("newest first", Sort::Newest),
        ("changed last first", Sort::Updated),
    ] {
        for text in ["", "the ", "canon", "les miserables"] {
            case(name, text, &|query| query.sort = sort);
        }
        case(&format!("{name}, of everything"), "", &|query| {
            query.sort = sort;
            query.scope = Scope::Everything;
            query.limit = 25;
        });
    }
    for (name, offset, limit) in [
        ("the second page", 10, 10),
        ("one", 0, 1),
        ("the 30th", 29, 1),
        ("only counted", 0, 0),
        ("behind the end", 1000, 10),
    ] {
        case(name, "mm", &|query| {
            query.page = PageStart::Offset(offset);
            query.limit = limit;
        });
    }
    cases
}
