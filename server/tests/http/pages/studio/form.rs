//! A form of a page, filled in and posted as a browser without JavaScript does.

use crate::support::{Caller as _, SignedIn, TestResponse};

/// A form of a page.
#[derive(Clone, Debug)]
pub(super) struct Form {
    action: String,
    pub(super) fields: Vec<(String, String)>,
}

impl Form {
    /// The form of a page with this action.
    #[track_caller]
    pub(super) fn of(html: &str, action: &str) -> Self {
        let html = without_templates(html);
        let forms = html.split("<form ").skip(1).map(|rest| {
            let end = rest.find("</form>").unwrap();
            &rest[..end]
        });
        let is_it = |form: &&str| {
            let (tag, _) = form.split_once('>').unwrap();
            attribute(tag, "action").as_deref() == Some(action)
        };
        let mut forms = forms.filter(is_it);
        let form = forms
            .next()
            .unwrap_or_else(|| panic!("no form to {action} in {html}"));
        assert!(forms.next().is_none(), "two forms to {action}");
        Self {
            action: action.to_owned(),
            fields: fields(form),
        }
    }

    /// Fills in a field of a row, counted from 0: `offers[][url]`.
    #[track_caller]
    pub(super) fn at(mut self, name: &str, row: usize, value: &str) -> Self {
        let name = name.replacen("[]", &format!("[{row}]"), 1);
        let mut named = self.fields.iter_mut().filter(|(known, _)| *known == name);
        let field = named.next();
        field.unwrap_or_else(|| panic!("no {name}")).1 = value.to_owned();
        assert!(named.next().is_none(), "two {name}");
        self
    }

    /// Fills in the only field of this name.
    #[track_caller]
    pub(super) fn with(self, name: &str, value: &str) -> Self {
        assert_eq!(self.all(name).len(), 1, "{name}");
        self.at(name, 0, value)
    }

    /// Adds the name and value of the pressed button.
    pub(super) fn pressed(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The values of all fields of this name, in document order; `offers[][url]` matches every row.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        let is_it = |known: &str| match name.split_once("[]") {
            Some((start, end)) => known
                .strip_prefix(&format!("{start}["))
                .and_then(|rest| rest.split_once(']'))
                .is_some_and(|(_, rest)| rest == end),
            None => known == name,
        };
        let named = self.fields.iter().filter(|(known, _)| is_it(known));
        named.map(|(_, value)| value.as_str()).collect()
    }

    /// The value of the only field of this name.
    #[track_caller]
    pub(super) fn text(&self, name: &str) -> &str {
        let all = self.all(name);
        assert_eq!(all.len(), 1, "{name}");
        all[0]
    }

    pub(super) async fn send(&self, who: &SignedIn) -> TestResponse {
        let fields = self.fields.iter();
        // A browser sends line ends as two characters.
        let fields: Vec<_> = fields
            .map(|(name, value)| (name, value.replace('\n', "\r\n")))
            .collect();
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        who.submit(&self.action, &fields).await
    }
}

/// Removes templates, whose content is no part of the document.
fn without_templates(html: &str) -> String {
    let mut parts = html.split("<template");
    let first = parts.next().unwrap().to_owned();
    let rest = parts.map(|part| part.split_once("</template>").unwrap().1);
    [first, rest.collect()].concat()
}

fn fields(form: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut select = None;
    for part in form.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        let element = tag.split_whitespace().next().unwrap();
        let name = attribute(tag, "name").unwrap_or_default();
        match element {
            "input" => {
                let is_choice = attribute(tag, "type").as_deref() == Some("radio");
                if !is_choice || has(tag, "checked") {
                    fields.push((name, attribute(tag, "value").unwrap_or_default()));
                }
            }
            "textarea" => {
                let text = unescaped(text);
                let text = text.strip_prefix('\n').unwrap_or(&text);
                fields.push((name, text.to_owned()));
            }
            "select" => {
                fields.push((name, String::new()));
                select = Some(true);
            }
            // The first option is the default.
            "option" if select == Some(true) || has(tag, "selected") => {
                fields.last_mut().unwrap().1 = attribute(tag, "value").unwrap_or_default();
                select = Some(false);
            }
            _ => {}
        }
    }
    fields.retain(|(name, _)| !name.is_empty());
    fields
}

fn has(tag: &str, name: &str) -> bool {
    tag.split_whitespace()
        .any(|word| word == name || word.starts_with(&format!("{name}=")))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split('"').next()?))
}

/// Unescapes character references.
pub(super) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

/// The error at a field.
#[track_caller]
pub(super) fn error_at(html: &str, id: &str) -> String {
    let html = without_templates(html);
    let (_, rest) = html.split_once(&format!(r#"id="{id}-error""#)).unwrap();
    let (error, _) = rest.split_once("</p>").unwrap();
    let (_, text) = error.split_once('>').unwrap();
    unescaped(&text.replace("<!>", ""))
}

/// Whether the model of a page says that more products can be chosen than are suggested, so that the
/// client must not refuse an unknown name.
pub(crate) fn has_others(html: &str) -> bool {
    html.contains(r#"\\\"has_others\\\":true"#)
}

/// A document without its scripts.
pub(crate) fn without_scripts(html: &str) -> String {
    let mut parts = html.split("<script");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, rest) = part.split_once("</script>").unwrap();
        text.push_str(rest);
    }
    text
}
