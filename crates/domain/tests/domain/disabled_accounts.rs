//! Claims about disabled accounts that the operator has created.

use std::sync::Arc;

use domain::{Caller, accounts::AccountError};
use types::{Field, Reason};

use crate::support::{PASSWORD, World, visitor};

const ADDRESS: &str = "catalogue@inspired.invalid";

fn is_taken<T>(result: &Result<T, AccountError>) -> bool {
    matches!(result, Err(AccountError::Invalid(fields))
        if fields.get(Field::EmailAddress) == Some(Reason::Taken))
}

#[tokio::test]
async fn an_account_of_nobody_is_made_once_and_nobody_gets_in_or_takes_its_address() {
    let world = World::new().await;
    let accounts = &world.domain.accounts;
    let first = accounts
        .create_disabled(&Caller::System, ADDRESS)
        .await
        .unwrap();
    let again = accounts.create_disabled(&Caller::System, "Catalogue@Inspired.invalid");
    assert_eq!(again.await.unwrap(), first);
    assert_eq!(
        accounts.find(&Caller::System, ADDRESS).await.unwrap(),
        first
    );
    assert!(is_taken(&world.sign_up(ADDRESS).await));
    for password in ["", PASSWORD] {
        let refused = world.log_in(ADDRESS, password).await;
        assert!(refused.is_err(), "{password}");
    }
    accounts.enable(&Caller::System, &first).await.unwrap();
    let refused = world.log_in(ADDRESS, PASSWORD).await;
    assert!(
        matches!(refused, Err(AccountError::BadCredentials)),
        "{refused:?}"
    );
}

#[tokio::test]
async fn an_address_that_somebody_logs_in_with_is_not_given_what_is_nobodys() {
    let world = World::new().await;
    let accounts = &world.domain.accounts;
    let somebody = world.sign_up(ADDRESS).await.unwrap().account;
    assert!(is_taken(
        &accounts.create_disabled(&Caller::System, ADDRESS).await
    ));
    accounts.disable(&Caller::System, &somebody).await.unwrap();
    let found = accounts.create_disabled(&Caller::System, ADDRESS).await;
    assert_eq!(found.unwrap(), somebody);
    accounts.delete(&Caller::System, &somebody).await.unwrap();
    let made = accounts.create_disabled(&Caller::System, ADDRESS).await;
    assert_ne!(made.unwrap(), somebody);
}

#[tokio::test]
async fn simultaneous_calls_make_one_account() {
    let world = Arc::new(World::new().await);
    let made = (0..8).map(|_| {
        let world = world.clone();
        tokio::spawn(async move {
            let accounts = &world.domain.accounts;
            accounts
                .create_disabled(&Caller::System, ADDRESS)
                .await
                .unwrap()
        })
    });
    let mut accounts = Vec::new();
    for made in made.collect::<Vec<_>>() {
        accounts.push(made.await.unwrap());
    }
    accounts.dedup();
    assert_eq!(accounts.len(), 1);
}

#[tokio::test]
async fn only_the_operator_makes_one_and_only_at_an_address() {
    let world = World::new().await;
    let accounts = &world.domain.accounts;
    let refused = accounts.create_disabled(&visitor(), ADDRESS).await;
    assert!(
        matches!(refused, Err(AccountError::Forbidden)),
        "{refused:?}"
    );
    let refused = accounts
        .create_disabled(&Caller::System, "no address")
        .await;
    assert!(
        matches!(refused, Err(AccountError::Invalid(_))),
        "{refused:?}"
    );
}
