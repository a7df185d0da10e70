//! The catalogue as everybody sees it. What a page shows is read by the body of a server function.

mod go;
mod leave;
mod robots;
mod sitemap;

use axum::response::Response;
use types::Problem;

pub(crate) use self::{
    go::follow,
    leave::leave,
    robots::robots,
    sitemap::{SiteMaps, sitemap, sitemap_index},
};
use super::Reader;

async fn refuse(reader: Reader, problem: Problem) -> Response {
    match problem {
        Problem::NotFound => reader.not_found().await,
        problem => reader.fail(problem).await,
    }
}

/// What stands in a path behind its first part. Slugs are ASCII, so whatever is encoded in a path is
/// none, and is looked for as it stands.
fn segments<const N: usize>(path: &str) -> [&str; N] {
    let mut segments = path.split('/').skip(2);
    std::array::from_fn(|_| segments.next().unwrap_or_default())
}

impl Reader {
    /// What people call this server. What a request says of it gets into no page.
    fn origin(&self) -> String {
        self.state.public_url.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_by_its_parts() {
        assert_eq!(segments("/videos/a/b"), ["a", "b"]);
        assert_eq!(segments("/artists/a"), ["a"]);
        assert_eq!(segments("/videos//b"), ["", "b"]);
        assert_eq!(segments("/videos/a%2Fb/c"), ["a%2Fb", "c"]);
    }
}
