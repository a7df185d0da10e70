//! Form bodies: `application/x-www-form-urlencoded`, with nested names as `serde_qs` reads them:
//! `title=…&offers[1][price][amount]=…`.

use std::borrow::Cow;

use percent_encoding::percent_decode;
use serde::de::DeserializeOwned;
use serde_qs::Config;

/// Maximum number of name-value pairs: several times that of the largest page. A pair can be two bytes
/// and takes many times their memory.
const MAX_PAIRS: usize = 8_192;

/// Maximum number of brackets in a name; `offers[1][price][amount]` has three.
const MAX_DEPTH: usize = 3;

/// Maximum number of brackets in all names; the largest page, with 250 rows in each list of a product,
/// has 8,000. Each can take 700 bytes while a body is parsed.
const MAX_BRACKETS: usize = 8_192;

/// Why a body is not the expected form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormBodyError {
    /// It has too many pairs, or too many of them are nested.
    TooLarge,
    /// It is nested too deeply, repeats a single value, has a value of another type, or is not UTF-8.
    Malformed,
}

/// A type that a form body is parsed into.
pub trait FormBody: DeserializeOwned {
    /// Parses the body; see [`read`].
    ///
    /// # Errors
    /// [`FormBodyError`].
    fn read_body(body: &[u8]) -> Result<Self, FormBodyError> {
        read(body)
    }

    /// Whether the page of the form has the current version, so that missing names really mean nothing.
    fn is_of_this_version(&self) -> bool {
        true
    }
}

/// Parses a form body. Names that `T` does not have are ignored, unless they are repeated.
///
/// # Errors
/// [`FormBodyError`].
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, FormBodyError> {
    FlatNamesBody::new(body)?.parse()
}

/// A body with decoded names, limited nesting, and only UTF-8.
pub(crate) struct FlatNamesBody(Vec<u8>);

impl FlatNamesBody {
    /// Checks the whole body.
    pub(crate) fn new(body: &[u8]) -> Result<Self, FormBodyError> {
        let body = with_plain_names(body)?;
        // With U+FFFD instead, different passwords and addresses would become equal. Browsers send UTF-8,
        // because every page is UTF-8.
        if percent_decode(&body).decode_utf8().is_err() {
            return Err(FormBodyError::Malformed);
        }
        Ok(Self(body))
    }

    /// Deserializes a value.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, FormBodyError> {
        Config::new(MAX_DEPTH + 1, true)
            .deserialize_bytes(&self.0)
            .map_err(|_| FormBodyError::Malformed)
    }
}

/// Checks and decodes every name.
///
/// `serde_qs` recurses for every bracket of a name, and the depth that it allows grows with each pair, so
/// a name with more brackets than a form has must not reach it.
fn with_plain_names(body: &[u8]) -> Result<Vec<u8>, FormBodyError> {
    let pairs = body.split(|byte| *byte == b'&');
    if pairs.clone().count() > MAX_PAIRS {
        return Err(FormBodyError::TooLarge);
    }
    let (mut plain, mut brackets) = (Vec::with_capacity(body.len()), 0);
    for pair in pairs.filter(|pair| !pair.is_empty()) {
        let end = pair.iter().position(|byte| *byte == b'=');
        let (name, value) = pair.split_at(end.unwrap_or(pair.len()));
        let name: Cow<'_, [u8]> = percent_decode(name).into();
        brackets += depth(&name).ok_or(FormBodyError::Malformed)?;
        plain.extend_from_slice(&name);
        plain.extend_from_slice(value);
        plain.push(b'&');
    }
    if brackets > MAX_BRACKETS {
        return Err(FormBodyError::TooLarge);
    }
    plain.pop();
    Ok(plain)
}

/// The number of brackets in a decoded name; `None` if the name is not like `offers[1][url]`.
fn depth(name: &[u8]) -> Option<usize> {
    let is_word = |word: &[u8]| {
        let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        !word.is_empty() && word.iter().all(is_sign)
    };
    let mut parts = name.split(|byte| *byte == b'[');
    if !parts.next().is_some_and(is_word) {
        return None;
    }
    let mut depth = 0;
    for part in parts {
        if !part.strip_suffix(b"]").is_some_and(is_word) {
            return None;
        }
        depth += 1;
    }
    (depth <= MAX_DEPTH).then_some(depth)
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
    struct Example {
        title: String,
        rows: Vec<Row>,
        tags: Vec<String>,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Row {
        name: String,
    }

    fn example(body: &str) -> Result<Example, FormBodyError> {
        read(body.as_bytes())
    }

    fn rows(body: &str) -> Vec<String> {
        let rows = example(body).unwrap().rows.into_iter();
        rows.map(|row| row.name).collect()
    }

    #[test]
    fn a_name_leads_into_a_list() {
        let body = "title=a+b%26&rows[1][name]=two&rows[0][name]=one&tags[0]=x&other=1";
        let read = example(body).unwrap();
        assert_eq!(
            (read.title.as_str(), read.tags),
            ("a b&", vec!["x".to_owned()])
        );
        assert_eq!(rows(body), ["one", "two"]);
        assert_eq!(example("").unwrap(), Example::default());
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
        assert_eq!(example("title=%5b%5D[").unwrap().title, "[][");
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
        assert!(example("rows[18446744073709551616][name]=a").is_err());
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
            "title=a&[]=1",
            "title=a&[0]=1",
            "title=a&=1",
            "rows[[0]]=a",
            "rows[0]x=a",
            "rows[0][name=a",
            "rows]=a",
            "rows%00=a",
            "ro ws=a",
        ] {
            assert_eq!(example(body), Err(FormBodyError::Malformed), "{body}");
        }
    }

    /// Without the limit for each name, thousands of short pairs would allow a name that is nested as deeply
    /// as the body is long.
    #[test]
    fn no_name_is_nested_deeper_than_a_form() {
        for open in ["[", "%5B", "%5b"] {
            let deep = [open, "a]"].concat().repeat(4);
            assert_eq!(
                example(&format!("x{deep}=1")),
                Err(FormBodyError::Malformed)
            );
            let deep = [open, "a]"].concat().repeat(100_000);
            let pairs = "a&".repeat(8_000);
            assert_eq!(
                example(&format!("{pairs}x{deep}=1")),
                Err(FormBodyError::Malformed)
            );
        }
        // The parser continues after an equals sign within brackets.
        for sign in ["=", "%3D", "%3d"] {
            let deep = format!("x[{sign}]{}=1", "[a]".repeat(8_000));
            let body = ["a&".repeat(8_000), deep].concat();
            assert_eq!(example(&body), Err(FormBodyError::Malformed), "{sign}");
        }
        assert!(example("x[a][b][c]=1").is_ok());
        assert!(example("title=[[[[[[").is_ok(), "a value may have brackets");
    }

    #[test]
    fn a_form_has_a_largest_number_of_pairs() {
        assert!(example(&"&".repeat(8_191)).is_ok());
        assert_eq!(example(&"&".repeat(8_192)), Err(FormBodyError::TooLarge));
    }

    #[test]
    fn a_form_has_a_largest_number_of_nested_values() {
        let nested = |count: usize| {
            let pairs = (0..count).map(|row| format!("{row}[name]&"));
            example(&pairs.collect::<String>())
        };
        assert!(nested(8_192 - 1).is_ok());
        let two = (0..4_097).map(|row| format!("rows[{row}][name]=&"));
        assert_eq!(
            example(&two.collect::<String>()),
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
                read::<Example>(body),
                Err(FormBodyError::Malformed),
                "{body:?}"
            );
        }
        assert!(example("title=%c3\u{a9}").is_err());
        assert_eq!(example("title=%c3%a9%").unwrap().title, "é%");
        let log_in: LogIn = read(b"email_address=a%40b.de&password=+%2B%00").unwrap();
        assert_eq!(log_in.password.expose(), " +\0");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn no_body_makes_it_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
            _ = read::<Example>(&body);
            _ = EntityForm::<ProductInput>::read_body(&body);
        }

        #[test]
        fn no_body_that_looks_like_a_form_makes_it_panic(
            body in "((title|name|rows|offers|order|tags|chapters|status)?((\\[|%5[Bb])(|=|[a-c]|[0-9]{1,3}|url|price|amount|name)(\\]|%5[Dd])?){0,5}=?[a-zé%0-9+]{0,4}&?){0,20}",
        ) {
            let body = body.as_bytes();
            _ = read::<Example>(body);
            _ = EntityForm::<ArtistInput>::read_body(body);
            _ = EntityForm::<VideoInput>::read_body(body);
            _ = EntityForm::<ProductInput>::read_body(body);
        }
    }
}
