//! Currency signs beside an amount.

use super::Currency;
use crate::text::lower_case;

/// Signs and the currencies that they can mean, from the tables of Unicode CLDR and from what shops
/// write. A sign that several countries use means all of their currencies. Letters are in lower case.
const SIGNS: [(&str, &str); 77] = [
    (
        "$",
        "USD AUD BBD BMD BND BOB BSD BZD CAD CLP COP CUP CVE DOP FJD GYD HKD JMD KYD LRD MOP MXN \
         NAD NIO NZD SBD SGD SRD TOP TTD TWD UYU WST XCD ZWG",
    ),
    ("us$", "USD"),
    ("u$s", "USD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("c$", "CAD NIO"),
    ("ca$", "CAD"),
    ("can$", "CAD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("s$", "SGD"),
    ("sg$", "SGD"),
    ("nt$", "TWD"),
    ("mx$", "MXN"),
    ("mex$", "MXN"),
    ("r$", "BRL"),
    ("rd$", "DOP"),
    ("j$", "JMD"),
    ("tt$", "TTD"),
    ("ec$", "XCD"),
    ("$u", "UYU"),
    ("t$", "TOP"),
    ("€", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("£", "GBP EGP FKP GIP LBP SDG SHP SSP SYP"),
    ("e£", "EGP"),
    ("¥", "JPY CNY"),
    ("cn¥", "CNY"),
    ("jp¥", "JPY"),
    ("円", "JPY"),
    ("元", "CNY TWD HKD MOP"),
    ("rmb", "CNY"),
    ("圆", "CNY"),
    ("₹", "INR"),
    ("rs", "INR PKR LKR NPR MUR SCR"),
    ("rs.", "INR PKR LKR NPR MUR SCR"),
    ("₨", "INR PKR LKR NPR MUR SCR"),
    ("₩", "KRW KPW"),
    ("원", "KRW"),
    ("₽", "RUB"),
    ("руб", "RUB"),
    ("руб.", "RUB"),
    ("р.", "RUB"),
    ("₺", "TRY"),
    ("tl", "TRY"),
    ("₴", "UAH"),
    ("грн", "UAH"),
    ("грн.", "UAH"),
    ("₪", "ILS"),
    ("₫", "VND"),
    ("đ", "VND"),
    ("₱", "PHP CUP"),
    ("฿", "THB"),
    ("₦", "NGN"),
    ("₵", "GHS"),
    ("gh₵", "GHS"),
    ("₡", "CRC"),
    ("₲", "PYG"),
    ("₸", "KZT"),
    ("₮", "MNT"),
    ("₾", "GEL"),
    ("₼", "AZN"),
    ("֏", "AMD"),
    ("৳", "BDT"),
    ("﷼", "IRR OMR QAR SAR YER"),
    ("zł", "PLN"),
    ("kč", "CZK"),
    ("kr", "DKK ISK NOK SEK"),
    ("kr.", "DKK ISK NOK SEK"),
    ("ft", "HUF"),
    ("lei", "RON MDL"),
    ("fr", "CHF"),
    ("fr.", "CHF"),
    ("sfr.", "CHF"),
    ("r", "ZAR"),
    ("rm", "MYR"),
];

/// What a word beside an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::catalogue) enum SignMatch {
    /// Nothing, or a sign or code of the expected currency.
    Fits,
    /// A sign or code of other currencies.
    OfAnother,
    /// No sign and no code.
    Unknown,
}

impl Currency {
    /// Classifies a word beside an amount of this currency.
    pub(in crate::catalogue) fn sign(self, word: &str) -> SignMatch {
        let word = lower_case(word);
        let known = SIGNS.iter().find(|(sign, _)| *sign == word);
        let is_code = || Self::parse(&word).is_ok_and(|code| code.is_some());
        match known {
            _ if word.is_empty() || word.eq_ignore_ascii_case(self.0) => SignMatch::Fits,
            Some((_, codes)) if codes.split(' ').any(|code| code == self.0) => SignMatch::Fits,
            Some(_) => SignMatch::OfAnother,
            None if is_code() => SignMatch::OfAnother,
            None => SignMatch::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_of_currencies_in_use_and_stands_there_once() {
        let mut signs: Vec<_> = SIGNS.iter().map(|(sign, _)| *sign).collect();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), SIGNS.len());
        for (sign, codes) in SIGNS {
            assert_eq!(sign, sign.to_lowercase());
            for code in codes.split_whitespace() {
                let currency = Currency::parse(code).unwrap().unwrap();
                assert_eq!(currency.sign(sign), SignMatch::Fits, "{sign} {code}");
                assert_eq!(currency.sign(code), SignMatch::Fits);
            }
        }
    }

    #[test]
    fn a_sign_of_another_currency_is_told_from_what_is_none() {
        let euro = Currency::parse("EUR").unwrap().unwrap();
        for word in ["$", "US$", "£", "CHF", "usd", "¥", "Kč", "zł"] {
            assert_eq!(euro.sign(word), SignMatch::OfAnother, "{word}");
        }
        for word in ["-", "x", "€€", "EUR.", "ab€", "¢", "%"] {
            assert_eq!(euro.sign(word), SignMatch::Unknown, "{word}");
        }
        for word in ["", "€", "eur", "Euro"] {
            assert_eq!(euro.sign(word), SignMatch::Fits, "{word}");
        }
    }
}
