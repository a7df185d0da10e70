//! What crosses the wire: plain data and its validation; no I/O, no clock, no framework.
#![warn(missing_docs)]

mod account;
mod email_address;
mod field;
mod forms;
mod next_path;
mod password;
mod person_name;
mod policy;
mod problem;
mod text;

pub use account::{Account, Visitor};
pub use email_address::EmailAddress;
pub use field::{Field, FieldErrors, Reason};
pub use forms::{CheckedNames, CheckedSignUp, LogIn, NameChange, SignUp};
pub use next_path::NextPath;
pub use password::Password;
pub use person_name::PersonName;
pub use policy::{PasswordPolicy, SignupMode};
pub use problem::Problem;
