//! What a failure of SQLite means for the caller.

use domain::documents::StoreError;
use rusqlite::{Error, ErrorCode};

/// Says which of the port's errors this is: a file that is broken stays broken, everything else
/// (a full disk, a lock, a device that fails) may pass.
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
