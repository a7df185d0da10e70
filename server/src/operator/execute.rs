//! Executes the operator's requests.

use domain::{
    AccountId, Caller, Domain,
    accounts::{AccountError, ModeratorRight},
    catalogue::CatalogueError,
    sessions::SessionError,
};
use thiserror::Error;

use super::{
    message::{ArtistDisposal, OperatorReply, OperatorRequest},
    report::AccountReport,
};
use crate::config::ConfigError;

const CALLER: &Caller = &Caller::System;

#[derive(Debug, Error)]
enum OperatorError {
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Session(#[from] SessionError),
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
}

/// Executes a request and describes the result.
pub(crate) async fn execute(domain: &Domain, request: &OperatorRequest) -> OperatorReply {
    match perform(domain, request).await {
        Ok(reply) => reply,
        Err(error) => explain(&error, request.email_address().unwrap_or_default()),
    }
}

async fn perform(
    domain: &Domain,
    request: &OperatorRequest,
) -> Result<OperatorReply, OperatorError> {
    let accounts = &domain.accounts;
    let Some(address) = request.email_address() else {
        accounts.end_all_sessions_globally(CALLER).await?;
        return Ok(done("all sessions of all accounts have ended".to_owned()));
    };
    let id = accounts.find(CALLER, address).await?;
    let sentence = match request {
        OperatorRequest::SignOutAll {} | OperatorRequest::Show { .. } => {
            return show(domain, &id).await;
        }
        OperatorRequest::Disable { artists, .. } => {
            // First, so that the account cannot create further artists.
            accounts.disable(CALLER, &id).await?;
            let artists = delete_artists(domain, &id, *artists).await?;
            format!(
                "'{address}' is disabled: logins are refused, all its sessions have ended{artists}"
            )
        }
        OperatorRequest::Enable { .. } => {
            accounts.enable(CALLER, &id).await?;
            format!("'{address}' is enabled: logins are accepted again")
        }
        OperatorRequest::Delete { artists, .. } => {
            if *artists == ArtistDisposal::Deleted {
                // As above; an account that keeps its artists is not deleted and must not be disabled.
                accounts.disable(CALLER, &id).await?;
            }
            let artists = delete_artists(domain, &id, *artists).await?;
            accounts.delete(CALLER, &id).await?;
            format!("'{address}' is deleted, all its sessions have ended{artists}")
        }
        OperatorRequest::SignOut { .. } => {
            accounts.end_sessions(CALLER, &id).await?;
            format!("all sessions of '{address}' have ended")
        }
        OperatorRequest::Promote { .. } => {
            let given = accounts.set_moderator(CALLER, &id, ModeratorRight::Given);
            given.await?;
            format!("'{address}' decides about retailers now")
        }
        OperatorRequest::Demote { .. } => {
            let taken = accounts.set_moderator(CALLER, &id, ModeratorRight::Taken);
            taken.await?;
            format!("'{address}' does not decide about retailers any more")
        }
    };
    Ok(done(sentence))
}

fn done(sentence: String) -> OperatorReply {
    OperatorReply::Done { sentence }
}

async fn show(domain: &Domain, id: &AccountId) -> Result<OperatorReply, OperatorError> {
    let account = domain.accounts.overview(CALLER, id).await?;
    let sessions = domain.sessions.of_account(CALLER, id).await?;
    Ok(OperatorReply::Account(AccountReport::new(
        account, sessions,
    )))
}

/// Deletes the artists of an account if requested; returns the end of the sentence about them.
async fn delete_artists(
    domain: &Domain,
    id: &AccountId,
    artists: ArtistDisposal,
) -> Result<String, OperatorError> {
    if artists == ArtistDisposal::Kept {
        return Ok(String::new());
    }
    let deleted = domain.catalogue.artists.delete_all_of(CALLER, id).await?;
    Ok(format!(", number of artists deleted: {deleted}"))
}

fn explain(error: &OperatorError, address: &str) -> OperatorReply {
    let sentence = match error {
        OperatorError::Account(AccountError::Invalid(_)) => {
            let sentence = ConfigError::new("EMAIL", address, "an email address").to_string();
            return OperatorReply::Wrong { sentence };
        }
        OperatorError::Account(AccountError::Unknown) => {
            format!("there is no account with the address '{address}'")
        }
        OperatorError::Account(AccountError::OwnsArtists(artists)) => format!(
            "'{address}' is not deleted, because it has artists that are not deleted ({artists}): \
             use --with-artists to delete them too"
        ),
        OperatorError::Catalogue(CatalogueError::Conflict) => {
            format!(
                "the artists of '{address}' are being changed at the moment: try again; what was done \
                 until then stays (`inspired user show` says what)"
            )
        }
        error => error.to_string(),
    };
    OperatorReply::Failed { sentence }
}
