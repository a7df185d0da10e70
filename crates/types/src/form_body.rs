//! The body of a form: `application/x-www-form-urlencoded`, with the names of nested values as
//! `serde_qs` reads them: `title=…&offers[1][price][amount]=…`.

use std::borrow::Cow;

use percent_encoding::percent_decode;
use serde::de::DeserializeOwned;
use serde_qs::Config;

/// Maximum number of names and values in a form: several times what the largest page sends. A pair
/// takes many times the memory of its two bytes.
const MAX_PAIRS: usize = 8_192;

/// Maximum number of brackets that a name opens; `offers[1][price][amount]` opens three.
const MAX_DEPTH: usize = 3;

/// Maximum number of brackets that all names open: twice as many as the largest page has, with 120
/// rows in each list of a product. Each can take 700 bytes while a body is read.
const MAX_BRACKETS: usize = 8_192;

/// Why a body is not the form that was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormBodyError {
    /// It has too many names and values, or too many of them are nested.
    TooLarge,
    /// It is nested too deeply, has two values where there is one, a value of another type, or bytes
    /// that are not UTF-8.
    Malformed,
}

/// A form that a body is read into.
pub trait FormBody: Sized {
    /// Reads the body; see [`read`].
    ///
    /// # Errors
    /// [`FormBodyError`].
    fn read_body(body: &[u8]) -> Result<Self, FormBodyError>;
}

impl<T: DeserializeOwned> FormBody for T {
    fn read_body(body: &[u8]) -> Result<Self, FormBodyError> {
        read(body)
    }
}

/// Reads the body of a form. Names that `T` does not have are ignored.
///
/// # Errors
/// [`FormBodyError`].
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, FormBodyError> {
    let pairs = body.split(|byte| *byte == b'&');
    if pairs.clone().count() > MAX_PAIRS {
        return Err(FormBodyError::TooLarge);
    }
    // The depth that `serde_qs` allows grows by one with each pair, and it calls itself for each
    // bracket.
    if pairs.clone().any(|pair| depth(pair) > MAX_DEPTH) {
        return Err(FormBodyError::Malformed);
    }
    if pairs.map(depth).sum::<usize>() > MAX_BRACKETS {
        return Err(FormBodyError::TooLarge);
    }
    // Replaced by U+FFFD, as elsewhere, many passwords and addresses would be one. A browser sends
    // UTF-8, because every page is UTF-8.
    if percent_decode(body).decode_utf8().is_err() {
        return Err(FormBodyError::Malformed);
    }
    // A browser encodes the brackets of a name, which only a reader that is not strict decodes.
    let config = Config::new(MAX_DEPTH + 1, false);
    config
        .deserialize_bytes(&with_upper_case(body))
        .map_err(|_| FormBodyError::Malformed)
}

/// How many brackets the name of a pair opens, encoded or not.
fn depth(pair: &[u8]) -> usize {
    let name = pair.split(|byte| *byte == b'=').next().unwrap_or_default();
    let plain = name.iter().filter(|byte| **byte == b'[').count();
    let encoded = name
        .windows(3)
        .filter(|part| part.eq_ignore_ascii_case(b"%5b"));
    plain + encoded.count()
}

/// The body with brackets as `serde_qs` knows them: it takes `%5b` for a part of a name.
fn with_upper_case(body: &[u8]) -> Cow<'_, [u8]> {
    let is_lower_case = |part: &[u8]| part == b"%5b" || part == b"%5d";
    if !body.windows(3).any(is_lower_case) {
        return Cow::Borrowed(body);
    }
    let mut upper_case = body.to_vec();
    for start in 0..body.len().saturating_sub(2) {
        if is_lower_case(&body[start..start + 3]) {
            upper_case[start + 2].make_ascii_uppercase();
        }
    }
    Cow::Owned(upper_case)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;
    use crate::{
        LogIn,
        catalogue::{ArtistInput, EntityForm, ProductInput, VideoInput},
    };

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Sheet {
        title: String,
        rows: Vec<Row>,
        tags: Vec<String>,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Row {
        name: String,
    }

    fn sheet(body: &str) -> Result<Sheet, FormBodyError> {
        read(body.as_bytes())
    }

    fn rows(body: &str) -> Vec<String> {
        let rows = sheet(body).unwrap().rows.into_iter();
        rows.map(|row| row.name).collect()
    }

    #[test]
    fn a_name_leads_into_a_list() {
        let body = "title=a+b%26&rows[1][name]=two&rows[0][name]=one&tags[0]=x&other=1";
        let read = sheet(body).unwrap();
        assert_eq!(
            (read.title.as_str(), read.tags),
            ("a b&", vec!["x".to_owned()])
        );
        assert_eq!(rows(body), ["one", "two"]);
        assert_eq!(sheet("").unwrap(), Sheet::default());
    }

    #[test]
    fn brackets_may_be_encoded() {
        for body in [
            "rows[0][name]=a",
            "rows%5B0%5D%5Bname%5D=a",
            "rows%5b0%5d%5bname%5d=a",
        ] {
            assert_eq!(rows(body), ["a"], "{body}");
        }
        assert_eq!(sheet("title=%5b%5D[").unwrap().title, "[][");
    }

    #[test]
    fn gaps_between_numbers_are_no_rows() {
        assert_eq!(
            rows("rows[7][name]=a&rows[9999][name]=b&rows[8][name]="),
            ["a", "", "b"]
        );
        assert_eq!(
            rows("rows[18446744073709551615][name]=a&rows[0][name]=b"),
            ["b", "a"]
        );
        assert!(sheet("rows[18446744073709551616][name]=a").is_err());
    }

    #[test]
    fn what_has_another_shape_is_malformed() {
        for body in [
            "title=a&title=b",
            "title[0]=a",
            "title[x]=a",
            "rows=a",
            "rows[0]=a",
            "rows[x][name]=a",
            "rows[0][name]=a&rows[0][name]=b",
            "rows[0][name][x]=a",
            "rows[]=a",
            "rows[-1][name]=a",
            "rows[0][name]=a&rows=b",
            "tags[0][x]=a",
        ] {
            assert_eq!(sheet(body), Err(FormBodyError::Malformed), "{body}");
        }
    }

    /// Without the limit on each name, thousands of short pairs would allow one that is nested as
    /// deeply as the body is long.
    #[test]
    fn no_name_is_nested_deeper_than_a_form() {
        for open in ["[", "%5B", "%5b"] {
            let deep = [open, "a]"].concat().repeat(4);
            assert_eq!(sheet(&format!("x{deep}=1")), Err(FormBodyError::Malformed));
            let deep = [open, "a]"].concat().repeat(100_000);
            let pairs = "a&".repeat(8_000);
            assert_eq!(
                sheet(&format!("{pairs}x{deep}=1")),
                Err(FormBodyError::Malformed)
            );
        }
        assert!(sheet("x[a][b][c]=1").is_ok());
        assert!(sheet("title=[[[[[[").is_ok(), "a value may have brackets");
    }

    #[test]
    fn a_form_has_a_largest_number_of_pairs() {
        assert!(sheet(&"&".repeat(8_191)).is_ok());
        assert_eq!(sheet(&"&".repeat(8_192)), Err(FormBodyError::TooLarge));
    }

    #[test]
    fn a_form_has_a_largest_number_of_nested_values() {
        let nested = |count: usize| {
            let pairs = (0..count).map(|row| format!("{row}[name]&"));
            sheet(&pairs.collect::<String>())
        };
        assert!(nested(8_192 - 1).is_ok());
        let two = (0..4_097).map(|row| format!("rows[{row}][name]=&"));
        assert_eq!(
            sheet(&two.collect::<String>()),
            Err(FormBodyError::TooLarge)
        );
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_refused() {
        let bodies: [&[u8]; 5] = [
            b"title=%ff",
            b"title=\xff",
            b"%ff=a",
            b"title=%c3&x=%a9",
            b"title=%ed%a0%80",
        ];
        for body in bodies {
            assert_eq!(
                read::<Sheet>(body),
                Err(FormBodyError::Malformed),
                "{body:?}"
            );
        }
        assert!(sheet("title=%c3\u{a9}").is_err());
        assert_eq!(sheet("title=%c3%a9%").unwrap().title, "é%");
        let log_in: LogIn = read(b"email_address=a%40b.de&password=+%2B%00").unwrap();
        assert_eq!(log_in.password.expose(), " +\0");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn no_body_makes_it_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
            _ = read::<Sheet>(&body);
            _ = EntityForm::<ProductInput>::read_body(&body);
        }

        #[test]
        fn no_body_that_looks_like_a_form_makes_it_panic(
            body in "((title|name|rows|offers|order|tags|chapters|status)?((\\[|%5[Bb])(|[a-c]|[0-9]{1,3}|url|price|amount|name)(\\]|%5[Dd])?){0,5}=?[a-zé%0-9+]{0,4}&?){0,20}",
        ) {
            let body = body.as_bytes();
            _ = read::<Sheet>(body);
            _ = EntityForm::<ArtistInput>::read_body(body);
            _ = EntityForm::<VideoInput>::read_body(body);
            _ = EntityForm::<ProductInput>::read_body(body);
        }
    }
}
