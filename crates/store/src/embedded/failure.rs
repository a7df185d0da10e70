//! Maps errors of SQLite to errors of the port.

use domain::documents::StoreError;
use rusqlite::{Error, ErrorCode};

/// A damaged file stays damaged; every other error (a full disk, a lock, a failing device) may
/// pass.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it is handed to `map_err` everywhere"
)]
pub(super) fn translate(error: Error) -> StoreError {
    match error {
        Error::SqliteFailure(cause, _)
            if matches!(
                cause.code,
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase
            ) =>
        {
            StoreError::Damaged(error.to_string())
        }
        Error::FromSqlConversionFailure(..)
        | Error::InvalidColumnType(..)
        | Error::Utf8Error(..)
        | Error::IntegralValueOutOfRange(..) => StoreError::Damaged(error.to_string()),
        _ => StoreError::Unavailable(error.to_string()),
    }
}
