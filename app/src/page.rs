//! What the server decides about a page before it is rendered.

use serde::{Deserialize, Serialize};
use types::{PasswordPolicy, Problem, SignupMode, Visitor};

/// Everything that a page needs and only the server knows. It is provided as a context before the
/// page is rendered, and travels inside the page, so that the browser starts from the same state.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PageState {
    /// Who is signed in.
    pub visitor: Option<Visitor>,
    /// What people call this server: `https://example.org`.
    pub origin: String,
    /// What a password must be like.
    pub password: PasswordPolicy,
    /// Whether people can sign up.
    pub signup: SignupMode,
    /// A plain form that was refused, on the page that it was sent from.
    pub refusal: Option<Refusal>,
    /// Why the page cannot be shown at all; an error page takes its place.
    pub trouble: Option<Problem>,
    /// What the server's log calls the request; the error page names it, and no other does.
    #[serde(skip)]
    pub request_id: Option<String>,
}

impl PageState {
    /// Whether a form was refused because the session has ended. Such a page stays, and with it
    /// what was typed.
    pub(crate) fn is_held(&self) -> bool {
        let refusal = self.refusal.as_ref();
        refusal.is_some_and(|refusal| refusal.problem == Problem::Unauthenticated)
    }
}

/// A refused plain form: why, and what was typed but for passwords.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub problem: Problem,
    /// The typed values; never a password.
    pub typed: Typed,
}

/// What was typed into a form, by the names of its fields; never a password.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// `email_address`
    pub email_address: String,
    /// `first_name`
    pub first_name: String,
    /// `last_name`
    pub last_name: String,
    /// `remember`
    pub remember: bool,
}

/// Where the page finds what belongs to it: content-hashed URLs of this build.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageAssets {
    /// The style sheet.
    pub style: String,
    /// The program that makes every page alive.
    pub frontend: ProgramAssets,
    /// The icon.
    pub icon: String,
    /// Which build the page belongs to; sent with every call of a server function.
    pub build: String,
}

/// URLs of the files of a program, which lie in one folder that is named by a hash of all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProgramAssets {
    /// The script that starts the program; empty in a build without it.
    pub start: String,
    /// The script that it imports.
    pub bindings: String,
    /// The WebAssembly that it fetches.
    pub module: String,
    /// The script that loads the parts; empty when there are none.
    pub loader: String,
    /// The parts that are loaded when they are asked for.
    pub parts: Vec<PartAssets>,
}

/// URLs of the files of a part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartAssets {
    /// The name in `#[wasm_split(NAME, …)]`.
    pub name: String,
    /// The WebAssembly that the script fetches for it; some may belong to other parts too.
    pub files: Vec<String>,
}

#[cfg(feature = "ssr")]
impl ProgramAssets {
    /// URLs of the files of the part that the page at this path needs; none if it needs none.
    pub(crate) fn part_files(&self, path: &str) -> &[String] {
        let name = crate::parts::part_of(path);
        let part = self
            .parts
            .iter()
            .find(|part| Some(part.name.as_str()) == name);
        part.map_or(&[], |part| &part.files)
    }
}
