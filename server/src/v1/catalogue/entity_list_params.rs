//! The query parameters of a list.

use domain::{
    catalogue::{ArtistId, ListQuery},
    search::{Cursor, PageStart, QueryWords, Sort},
};

use super::resource::Resource;
use crate::problem::{INVALID, ProblemResponse, shorten};

/// The names of the parameters that every list has.
const COMMON_PARAMS: [&str; 4] = ["q", "limit", "cursor", "sort"];

/// Number of entities on a page if the request names none.
const DEFAULT_LIMIT: usize = 25;
/// Maximum number of entities on a page.
const MAX_LIMIT: usize = 100;

/// The parsed query parameters of a list.
#[derive(Debug)]
pub(super) struct EntityListParams {
    pub(super) which: ListedEntities,
    pub(super) query: ListQuery,
}

/// Whether a list has live or deleted entities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ListedEntities {
    /// Entities that are not deleted.
    Live,
    /// Deleted entities that can be restored.
    Deleted,
}

impl EntityListParams {
    /// Reads the query of a URL.
    ///
    /// # Errors
    /// 400 that names the parameter if it is unknown, repeated or malformed.
    pub(super) fn read<R: Resource>(query: &str) -> Result<Self, ProblemResponse> {
        let given = QueryPairs::read(query, R::FILTERS)?;
        let which = given
            .take("deleted", which)?
            .unwrap_or(ListedEntities::Live);
        let words = given.get("q").map(QueryWords::parse).unwrap_or_default();
        let sort = given.take("sort", sort)?;
        let sort = sort.unwrap_or(match which {
            ListedEntities::Live if words.is_empty() => Sort::Newest,
            ListedEntities::Live => Sort::Relevance,
            ListedEntities::Deleted => Sort::Updated,
        });
        let cursor = given.take("cursor", |text| {
            let cursor = Cursor::parse(text, sort);
            cursor.map_err(|_| "is not one of this list, or is damaged.")
        })?;
        Ok(Self {
            which,
            query: ListQuery {
                artist: given.take("artist_id", artist)?,
                words,
                sort,
                page: cursor.map_or(PageStart::Offset(0), PageStart::After),
                limit: given.take("limit", limit)?.unwrap_or(DEFAULT_LIMIT),
            },
        })
    }
}

/// The parameters of a query, each once. A struct for serde would refuse the same queries, but its
/// errors do not name the parameter, which the response has to.
struct QueryPairs(Vec<(String, String)>);

impl QueryPairs {
    fn read(query: &str, filters: &[&str]) -> Result<Self, ProblemResponse> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query)
            .map_err(|_| ProblemResponse::bad_request("The query of the URL cannot be read."))?;
        for (place, (name, _)) in pairs.iter().enumerate() {
            if !COMMON_PARAMS.contains(&name.as_str()) && !filters.contains(&name.as_str()) {
                return Err(refuse(name, "is not a known parameter."));
            }
            if pairs[..place].iter().any(|(other, _)| other == name) {
                return Err(refuse(name, "occurs twice."));
            }
        }
        Ok(Self(pairs))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let pair = self.0.iter().find(|(known, _)| known == name);
        pair.map(|(_, value)| value.as_str())
    }

    fn take<T>(
        &self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Result<Option<T>, ProblemResponse> {
        let value = self.get(name).map(read).transpose();
        value.map_err(|complaint| refuse(name, complaint))
    }
}

fn refuse(name: &str, complaint: &str) -> ProblemResponse {
    let name = shorten(name);
    let sentence = format!("'{name}' {complaint}");
    ProblemResponse::of_fields(INVALID, vec![(name, sentence)])
}

fn which(text: &str) -> Result<ListedEntities, &'static str> {
    match text {
        "true" => Ok(ListedEntities::Deleted),
        "false" => Ok(ListedEntities::Live),
        _ => Err("must be 'true' or 'false'."),
    }
}

fn sort(text: &str) -> Result<Sort, &'static str> {
    match text {
        "name" => Ok(Sort::Name),
        "-created_at" => Ok(Sort::Newest),
        "-updated_at" => Ok(Sort::Updated),
        "relevance" => Ok(Sort::Relevance),
        _ => Err("must be one of 'name', '-created_at', '-updated_at', 'relevance'."),
    }
}

fn artist(text: &str) -> Result<String, &'static str> {
    let id = ArtistId::parse(text).ok_or("must be the id of an artist.")?;
    Ok(id.as_str().to_owned())
}

/// Digits only: `parse` of the standard library accepts a sign, too.
fn limit(text: &str) -> Result<usize, &'static str> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let limit = text
        .parse()
        .ok()
        .filter(|limit| (1..=MAX_LIMIT).contains(limit));
    limit
        .filter(|_| is_number)
        .ok_or("must be a number from 1 to 100.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::catalogue::{ArtistContent, VideoContent};

    fn message(query: &str) -> String {
        EntityListParams::read::<VideoContent>(query)
            .unwrap_err()
            .message
            .into()
    }

    #[test]
    fn without_a_word_the_newest_come_first() {
        let asked = EntityListParams::read::<VideoContent>("").unwrap();
        assert_eq!(asked.which, ListedEntities::Live);
        assert_eq!(
            (asked.query.sort, asked.query.limit),
            (Sort::Newest, DEFAULT_LIMIT)
        );
        assert_eq!(asked.query.page, PageStart::Offset(0));
        let sort = |query| {
            EntityListParams::read::<VideoContent>(query)
                .unwrap()
                .query
                .sort
        };
        assert_eq!(sort("q=a"), Sort::Relevance);
        assert_eq!(sort("q="), Sort::Newest);
        assert_eq!(sort("deleted=true"), Sort::Updated);
        assert_eq!(sort("q=a&sort=name"), Sort::Name);
    }

    #[test]
    fn a_wrong_parameter_is_named() {
        for (query, named) in [
            ("page=2", "'page' is not a known parameter."),
            ("Q=a", "'Q' is not a known parameter."),
            ("=", "'' is not a known parameter."),
            ("q=a&q=b", "'q' occurs twice."),
            ("deleted=1", "'deleted' must be"),
            ("sort=created_at", "'sort' must be"),
            ("sort=", "'sort' must be"),
            ("artist_id=ada", "'artist_id' must be"),
            ("cursor=", "'cursor' is not"),
            ("cursor=YWJj", "'cursor' is not"),
        ] {
            let message = message(query);
            assert!(message.starts_with(named), "{query}: {message}");
        }
        for limit in [
            "",
            "0",
            "101",
            "+5",
            "-1",
            "1e1",
            "5.0",
            "99999999999999999999",
        ] {
            assert!(message(&format!("limit={limit}")).starts_with("'limit' must be"));
        }
        let artists = EntityListParams::read::<ArtistContent>("artist_id=x").unwrap_err();
        assert!(artists.message.contains("not a known parameter"));
    }

    #[test]
    fn text_that_is_no_utf_8_is_searched_for_as_well_as_it_can_be() {
        assert!(EntityListParams::read::<VideoContent>("q=%ff%00%F0%9F%98%80").is_ok());
    }
}
