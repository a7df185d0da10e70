//! The player of a video: loaded when somebody asks for it, asked for its time, and moved.
//!
//! It is a page of somebody else's, in a frame that may run but not leave. What it says is heard
//! only when it comes from its own origin and its own frame.

use std::cell::Cell;

use types::catalogue::Timecode;
use web_sys::{
    Element, HtmlIFrameElement, MessageEvent, MouseEvent,
    js_sys::JSON,
    wasm_bindgen::{JsCast as _, JsValue, closure::Closure},
};

use crate::{all, anywhere, document, fill, first, focus, window, within};

const FRAME: &str = "iframe[data-origin]";
const YOUTUBE: &str = "https://www.youtube-nocookie.com";
const VIMEO: &str = "https://player.vimeo.com";

/// Asks Vimeo's player for its time.
const LISTEN: &str = r#"{"method":"addEventListener","value":"timeupdate"}"#;

/// A product without an end is shown as seen for so many seconds.
const SEEN: f64 = 5.0;

thread_local! {
    /// Where the player is, in seconds; none before it has said so.
    static TIME: Cell<Option<f64>> = const { Cell::new(None) };
}

/// Something was clicked: the way to the player, a time, or the button that takes the time.
pub fn clicked(event: &MouseEvent) {
    let is_plain = !event.default_prevented()
        && event.button() == 0
        && !event.ctrl_key()
        && !event.meta_key()
        && !event.shift_key();
    if !is_plain {
        return;
    }
    if within(event, "[data-player]").is_some_and(|link| load(&link, start(&link))) {
        event.prevent_default();
    } else if let Some(time) = within(event, "[data-seek]") {
        let seconds = time.get_attribute("data-seek");
        let seconds = seconds.and_then(|seconds| seconds.parse().ok());
        if seconds.is_some_and(|seconds| seek(&time, seconds)) {
            show();
            event.prevent_default();
        }
    } else if let Some(button) = within(event, "[data-tag-now]") {
        take_time(&button);
    }
}

/// A frame has said something.
pub fn told(event: &MessageEvent) {
    let Some((frame, origin)) = frame() else {
        return;
    };
    let window = frame.content_window().map(JsValue::from);
    let is_from_player = window.is_some() && event.source().map(JsValue::from) == window;
    if event.origin() != origin || !is_from_player {
        return;
    }
    let said = event.data();
    let said = said
        .as_string()
        .or_else(|| JSON::stringify(&said).ok()?.as_string());
    let said = said.unwrap_or_default();
    if said.contains("\"ready\"") && origin == VIMEO {
        tell(&frame, &origin, LISTEN);
    }
    let seconds =
        number_behind(&said, "\"currentTime\":").or_else(|| number_behind(&said, "\"seconds\":"));
    if let Some(seconds) = seconds {
        TIME.set(Some(seconds));
        light_up(seconds);
    }
}

/// The second at which a link says that the player begins.
fn start(link: &Element) -> u32 {
    let start = link.get_attribute("data-start");
    start
        .and_then(|start| start.parse().ok())
        .unwrap_or_default()
}

/// Puts the player in the place of the link to it; false when the page has no place for one.
fn load(link: &Element, seconds: u32) -> bool {
    let (Some(player), Some(origin), Some(place)) = (
        link.get_attribute("data-player"),
        link.get_attribute("data-origin"),
        link.parent_element(),
    ) else {
        return false;
    };
    let frame = document().and_then(|document| document.create_element("iframe").ok());
    let Some(frame) = frame else {
        return false;
    };
    let title = place.get_attribute("data-frame-title").unwrap_or_default();
    for (name, value) in [
        ("data-origin", origin.as_str()),
        ("title", &title),
        (
            "sandbox",
            // The provider's own links open its pages in new tabs, and those are no frames of ours.
            "allow-scripts allow-same-origin allow-presentation allow-popups \
             allow-popups-to-escape-sandbox",
        ),
        ("allow", "fullscreen; encrypted-media"),
        // A player that does not learn which site it is on refuses to play.
        ("referrerpolicy", "strict-origin-when-cross-origin"),
        ("src", &address(&player, &origin, seconds)),
    ] {
        _ = frame.set_attribute(name, value);
    }
    TIME.set(None);
    listen(&frame, origin);
    place.set_inner_html("");
    _ = place.append_child(&frame);
    focus(Some(frame));
    true
}

/// Where the player is, so that it tells its time and begins at this second.
fn address(player: &str, origin: &str, seconds: u32) -> String {
    let mark = if player.contains('?') { "&" } else { "?" };
    let start = seconds.to_string();
    match origin {
        YOUTUBE => {
            let own = window().and_then(|window| window.location().origin().ok());
            let own = own.unwrap_or_default();
            [
                player,
                mark,
                "enablejsapi=1&origin=",
                &own,
                "&start=",
                &start,
            ]
            .concat()
        }
        VIMEO => [player, mark, "dnt=1#t=", &start, "s"].concat(),
        _ => [player, mark, "start=", &start, "s"].concat(),
    }
}

/// These players say nothing before they are told that somebody listens.
fn listen(frame: &Element, origin: String) {
    let Some(frame) = frame.dyn_ref::<HtmlIFrameElement>().cloned() else {
        return;
    };
    let target = frame.clone();
    let words = match origin.as_str() {
        YOUTUBE => r#"{"event":"listening","id":1,"channel":"widget"}"#,
        VIMEO => LISTEN,
        _ => return,
    };
    let loaded = Closure::<dyn FnMut()>::new(move || tell(&frame, &origin, words));
    target.set_onload(Some(loaded.into_js_value().unchecked_ref()));
}

fn tell(frame: &HtmlIFrameElement, origin: &str, words: &str) {
    if let Some(window) = frame.content_window() {
        _ = window.post_message(&words.into(), origin);
    }
}

/// Goes to a second; false when there is no player for it, and the link has to do.
fn seek(time: &Element, seconds: u32) -> bool {
    let start = seconds.to_string();
    let Some((frame, origin)) = frame() else {
        let table = time.closest("[data-video]").ok().flatten();
        let link = table.and_then(|table| first(&table, "[data-player]"));
        return link.is_some_and(|link| load(&link, seconds));
    };
    match origin.as_str() {
        YOUTUBE => {
            let words = [
                r#"{"event":"command","func":"seekTo","args":["#,
                &start,
                ",true]}",
            ];
            tell(&frame, &origin, &words.concat());
        }
        VIMEO => {
            let words = [r#"{"method":"setCurrentTime","value":"#, &start, "}"].concat();
            tell(&frame, &origin, &words);
        }
        _ => {
            let source = frame.src();
            let player = source.split("?start=").next().unwrap_or_default();
            frame.set_src(&address(player, &origin, seconds));
        }
    }
    true
}

/// Scrolls to the player, unless it is in view: where there is room, the style keeps it there.
fn show() {
    let (Some((frame, _)), Some(window)) = (frame(), window()) else {
        return;
    };
    let height = window.inner_height().ok();
    let height = height.and_then(|height| height.as_f64());
    let place = frame.get_bounding_client_rect();
    if place.top() < 0.0 || height.is_some_and(|height| place.bottom() > height) {
        frame.scroll_into_view();
    }
}

/// Puts the second at which the player is into the form, and goes on to the product.
fn take_time(button: &Element) {
    let Some(form) = button.closest("form").ok().flatten() else {
        return;
    };
    let field = first(&form, "[name=start]");
    let Some(seconds) = TIME.get() else {
        return focus(field);
    };
    let time = Timecode::from_millis(seconds as u32 * 1000);
    fill(
        field,
        &time.map(|time| time.to_string()).unwrap_or_default(),
    );
    focus(first(&form, "[name=product_id]"));
}

/// Shows what is to be seen now.
fn light_up(seconds: f64) {
    let Some(table) = anywhere("[data-video]") else {
        return;
    };
    for row in all(&table, "[data-at]") {
        let number = |name: &str| row.get_attribute(name)?.parse::<f64>().ok();
        let is_now = number("data-at").is_some_and(|at| {
            let until = number("data-until").unwrap_or(at + SEEN);
            (at..=until).contains(&seconds)
        });
        _ = match is_now {
            true => row.set_attribute("data-now", ""),
            false => row.remove_attribute("data-now"),
        };
    }
}

fn frame() -> Option<(HtmlIFrameElement, String)> {
    let frame = anywhere(FRAME)?;
    let origin = frame.get_attribute("data-origin")?;
    Some((frame.dyn_into().ok()?, origin))
}

/// The number that stands behind a name in JSON. Reading all of it would take more program.
fn number_behind(text: &str, name: &str) -> Option<f64> {
    let (_, rest) = text.split_once(name)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'));
    rest[..end.unwrap_or(rest.len())].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_found_in_what_a_player_says() {
        let said = r#"{"event":"infoDelivery","info":{"currentTime":12.5,"duration":100}}"#;
        assert_eq!(number_behind(said, "\"currentTime\":"), Some(12.5));
        let said = r#"{"event":"timeupdate","data":{"seconds":3}}"#;
        assert_eq!(number_behind(said, "\"seconds\":"), Some(3.0));
        for nothing in ["", r#"{"currentTime":null}"#, r#"{"currentTime":"#] {
            assert_eq!(
                number_behind(nothing, "\"currentTime\":"),
                None,
                "{nothing}"
            );
        }
    }
}
