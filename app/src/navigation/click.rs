//! Decides which clicks the client-side router handles.

use super::Address;
use crate::app::is_navigable;

/// Mouse button and modifiers of a click.
#[derive(Clone, Copy, Debug)]
pub(super) struct Click {
    /// Whether another listener has prevented the default action.
    pub(super) is_prevented: bool,
    /// `MouseEvent.button`: 0 is the main button.
    pub(super) button: i16,
    /// Whether a modifier key asks for a new tab, a new window or a download.
    pub(super) has_modifier: bool,
}

impl Click {
    /// A click with the main button and without modifiers.
    pub(super) const PLAIN: Self = Self {
        is_prevented: false,
        button: 0,
        has_modifier: false,
    };
}

/// The attributes of the clicked link.
#[derive(Clone, Debug, Default)]
pub(super) struct ClickedLink {
    /// The absolute URL.
    pub(super) href: String,
    pub(super) target: String,
    pub(super) rel: String,
    pub(super) is_download: bool,
}

/// The path and query of the page that a click navigates to; `None` if the browser must handle it.
///
/// Links within the page are left to the browser, which also moves the focus, and so is a link to
/// the page itself, which the browser reloads.
pub(super) fn target_page<'a>(
    click: Click,
    link: &'a ClickedLink,
    origin: &str,
    here: &Address,
) -> Option<&'a str> {
    let page = plain(click, link, origin)?;
    let address = Address::of(page);
    (is_navigable(address.path()) && address != *here).then_some(page)
}

/// Whether a click leads to exactly this address, without a fragment.
pub(super) fn leads_to(click: Click, link: &ClickedLink, origin: &str, here: &Address) -> bool {
    plain(click, link, origin) == Some(here.as_str())
}

/// The path of this origin that a click leads to, unless it asks for a tab, a window or a download.
fn plain<'a>(click: Click, link: &'a ClickedLink, origin: &str) -> Option<&'a str> {
    let is_plain = click.button == 0 && !click.has_modifier && !click.is_prevented;
    let is_for_here = link.target.is_empty() || link.target.eq_ignore_ascii_case("_self");
    let is_external = |word: &str| word.eq_ignore_ascii_case("external");
    if !is_plain
        || !is_for_here
        || link.is_download
        || link.rel.split_ascii_whitespace().any(is_external)
    {
        return None;
    }
    link.href.strip_prefix(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://inspired.example";
    const PLAIN: Click = Click::PLAIN;

    fn link(rest: &str) -> ClickedLink {
        ClickedLink {
            href: [ORIGIN, rest].concat(),
            ..ClickedLink::default()
        }
    }

    fn page(click: Click, link: &ClickedLink) -> Option<&str> {
        target_page(click, link, ORIGIN, &Address::of("/login?next=%2Fstudio"))
    }

    #[test]
    fn a_plain_click_leads_to_a_page_with_its_query() {
        for path in [
            "/",
            "/signup?next=%2Fstudio",
            "/login",
            "/studio",
            "/videos/a#b",
        ] {
            assert_eq!(page(PLAIN, &link(path)), Some(path));
        }
        let own_tab = ClickedLink {
            target: "_SELF".to_owned(),
            ..link("/studio")
        };
        assert_eq!(page(PLAIN, &own_tab), Some("/studio"));
    }

    #[test]
    fn a_click_that_asks_for_something_else_is_for_the_browser() {
        for click in [
            Click {
                is_prevented: true,
                ..PLAIN
            },
            Click { button: 1, ..PLAIN },
            Click {
                has_modifier: true,
                ..PLAIN
            },
        ] {
            assert_eq!(page(click, &link("/studio")), None, "{click:?}");
        }
    }

    #[test]
    fn a_link_that_asks_for_something_else_is_for_the_browser() {
        let asks = |ask: fn(&mut ClickedLink)| {
            let mut link = link("/studio");
            ask(&mut link);
            page(PLAIN, &link).is_none()
        };
        assert!(asks(|link| link.target = "_blank".to_owned()));
        assert!(asks(|link| link.rel = "nofollow External".to_owned()));
        assert!(asks(|link| link.is_download = true));
    }

    #[test]
    fn what_is_no_page_of_ours_or_may_redirect_to_another_host_is_for_the_browser() {
        for path in [
            "/v1/test",
            "/assets/icon.svg",
            "/nowhere",
            "/login/",
            "/go/off_1",
            "/leave/a/0",
        ] {
            assert_eq!(page(PLAIN, &link(path)), None, "{path}");
        }
        for origin in [
            "https://inspired.example.evil",
            "http://inspired.example",
            "mailto:a@b",
        ] {
            let href = [origin, "/studio"].concat();
            assert_eq!(
                page(
                    PLAIN,
                    &ClickedLink {
                        href,
                        ..ClickedLink::default()
                    }
                ),
                None,
                "{origin}"
            );
        }
        assert_eq!(page(PLAIN, &ClickedLink::default()), None);
    }

    #[test]
    fn a_place_on_a_page_and_the_page_itself_are_for_the_browser() {
        for path in ["/login?next=%2Fstudio#main", "/login?next=%2Fstudio"] {
            assert_eq!(page(PLAIN, &link(path)), None, "{path}");
        }
    }
}
