//! The state of a page that only the server knows before it is rendered.

use serde::{Deserialize, Serialize};
use types::{CurrentUser, PasswordPolicy, Problem, SignupMode};

/// The server's state of a page. The server provides it as a Leptos context and serializes it into
/// the document, so that hydration starts from the same values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PageState {
    /// The signed-in user.
    pub current_user: Option<CurrentUser>,
    /// The public origin of this server: `https://example.org`.
    pub origin: String,
    /// The rules for passwords.
    pub password: PasswordPolicy,
    /// Whether sign-up is open.
    pub signup: SignupMode,
    /// A refused plain form, shown again on its page.
    pub refused_form: Option<RefusedForm>,
    /// The problem that an error page shows instead of the page.
    pub problem: Option<Problem>,
    /// The request id in the server's log; only the error page shows it.
    #[serde(skip)]
    pub request_id: Option<String>,
}

impl PageState {
    /// Whether a form was refused because the session has ended. Such a page is not left for the log-in
    /// page, so that the typed values are not lost.
    pub(crate) fn is_held(&self) -> bool {
        let refusal = self.refused_form.as_ref();
        refusal.is_some_and(|refusal| refusal.problem == Problem::Unauthenticated)
    }
}

/// A refused plain form: the problem and the values except passwords.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefusedForm {
    /// Why the form was refused.
    pub problem: Problem,
    /// The typed values; never a password.
    pub typed: AccountFormValues,
}

/// The values of an account form by field name; never a password.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountFormValues {
    /// `email_address`
    pub email_address: String,
    /// `first_name`
    pub first_name: String,
    /// `last_name`
    pub last_name: String,
    /// `remember`
    pub remember: bool,
}

/// URLs of the files that a page needs, each with a content hash of this build.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageAssets {
    /// The style sheet.
    pub style: String,
    /// The WebAssembly program that hydrates the page.
    pub frontend: ProgramAssets,
    /// The icon.
    pub icon: String,
    /// The id of the build; every call of a server function sends it.
    pub build: String,
}

/// URLs of the files of the WebAssembly program. They are in one folder, whose name is a hash of all
/// of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProgramAssets {
    /// The script that starts the program; empty if the server was built without it.
    pub start: String,
    /// The script of wasm-bindgen, which the first one imports.
    pub bindings: String,
    /// The WebAssembly module.
    pub module: String,
    /// The script that loads chunks; empty if there are none.
    pub loader: String,
    /// The chunks, which are loaded on demand.
    pub parts: Vec<ChunkAssets>,
}

/// URLs of the files of a chunk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChunkAssets {
    /// The name in `#[wasm_split(NAME, …)]`.
    pub name: String,
    /// The WebAssembly files of the chunk; chunks can share files.
    pub files: Vec<String>,
}

#[cfg(feature = "ssr")]
impl ProgramAssets {
    /// URLs of the files of the chunk for the page at this path; empty if it needs none.
    pub(crate) fn part_files(&self, path: &str) -> &[String] {
        let name = crate::chunks::chunk_of(path);
        let part = self
            .parts
            .iter()
            .find(|part| Some(part.name.as_str()) == name);
        part.map_or(&[], |part| &part.files)
    }
}
