//! The operator's commands for accounts of others.

use std::sync::Arc;

use domain::{
    AccountId, Caller,
    accounts::{AccountError, Device},
    catalogue::CatalogueError,
    documents::{Consistency, Documents, FieldQuery, Revision},
    sessions::{SessionError, SessionKey},
};
use time::Duration;

use crate::{
    catalogue::creator::{Creator, published_artist},
    shared::{is_alive, two},
    support::{PASSWORD, World, log_in_form, visitor},
};

const OPERATOR: &Caller = &Caller::System;

/// The audit entries of a subject, oldest first.
async fn audited(documents: &Arc<dyn Documents>, subject: &str) -> Vec<String> {
    let collections = domain::collections();
    let audit = collections.iter().find(|found| found.name == "audit");
    let listing = FieldQuery {
        field: "subject",
        value: subject,
        after: None,
        limit: 100,
        consistency: Consistency::Current,
    };
    let entries = documents.list(audit.unwrap(), listing).await.unwrap();
    let texts = entries.iter().map(|entry| {
        let text = |member: &str| entry.body[member].as_str().unwrap().to_owned();
        format!("{} {}", text("actor"), text("action"))
    });
    texts.collect()
}

#[tokio::test]
async fn ending_the_sessions_of_an_account_ends_those_and_no_others() {
    let world = World::new().await;
    let accounts = &world.domain.accounts;
    let (ada, key) = world.account_with_session(1).await;
    let (_, other) = world.account_with_session(2).await;
    let verified_before = world.log_in("person1@example.org", PASSWORD).await.unwrap();
    accounts.end_sessions(OPERATOR, &ada).await.unwrap();
    assert!(world.resume(key).await.is_none());
    assert!(world.resume(other).await.is_some());
    let late = SessionKey::of(&[3; 16]);
    let sessions = &world.domain.sessions;
    let started = sessions.start(&visitor(), verified_before, late).await;
    assert!(matches!(started, Err(SessionError::Outdated)));
    let again = world.log_in("person1@example.org", PASSWORD).await.unwrap();
    let again = world.start(again, 4).await;
    assert!(world.resume(again).await.is_some());
}

#[tokio::test]
async fn ending_the_sessions_of_everybody_leaves_none_and_everybody_can_log_in_again() {
    let world = World::new().await;
    let accounts = &world.domain.accounts;
    let mut keys = Vec::new();
    for number in 0..5 {
        keys.push(world.account_with_session(number).await.1);
    }
    let verified_before = world.log_in("person1@example.org", PASSWORD).await.unwrap();
    for round in 10..13 {
        accounts.end_all_sessions_globally(OPERATOR).await.unwrap();
        for &key in &keys {
            assert!(world.resume(key).await.is_none());
        }
        let late = SessionKey::of(&[round + 50; 16]);
        let (sessions, login) = (&world.domain.sessions, verified_before.clone());
        let started = sessions.start(&visitor(), login, late).await;
        assert!(matches!(started, Err(SessionError::Outdated)));
        let again = world.log_in("person1@example.org", PASSWORD).await.unwrap();
        let again = world.start(again, round).await;
        assert!(world.resume(again).await.is_some());
        keys.push(again);
    }
    // An account that signs up later begins in the current global epoch.
    let (_, key) = world.account_with_session(100).await;
    assert!(world.resume(key).await.is_some());
}

/// The account's own "end all" and the operator's global one both count, in any order.
#[tokio::test]
async fn epochs_of_an_account_and_of_everybody_never_make_up_for_each_other() {
    let world = World::new().await;
    let accounts = &world.domain.accounts;
    let (ada, first) = world.account_with_session(1).await;
    let mut ended = vec![first];
    for number in [2, 3, 4, 5] {
        match number % 2 {
            0 => accounts.end_sessions(OPERATOR, &ada).await.unwrap(),
            _ => accounts.end_all_sessions_globally(OPERATOR).await.unwrap(),
        }
        let login = world.log_in("person1@example.org", PASSWORD).await.unwrap();
        let key = world.start(login, number).await;
        assert!(world.resume(key).await.is_some());
        for &key in &ended {
            assert!(world.resume(key).await.is_none());
        }
        ended.push(key);
    }
}

#[tokio::test]
async fn another_process_knows_within_700_milliseconds_that_everybody_is_signed_out() {
    let world = World::new().await;
    let (_, key) = world.account_with_session(1).await;
    let (one, other) = two(&world);
    assert!(is_alive(&one, key).await && is_alive(&other, key).await);
    one.accounts
        .end_all_sessions_globally(OPERATOR)
        .await
        .unwrap();
    assert!(!is_alive(&one, key).await);
    // A login right afterwards is accepted by both processes.
    let form = log_in_form("person1@example.org", PASSWORD);
    let login = other
        .accounts
        .log_in(&visitor(), &form, &Device::default())
        .await
        .unwrap();
    let fresh = SessionKey::of(&[9; 16]);
    other
        .sessions
        .start(&visitor(), login, fresh)
        .await
        .unwrap();
    assert!(is_alive(&one, fresh).await && is_alive(&other, fresh).await);
    world.clock.advance(Duration::milliseconds(700));
    assert!(!is_alive(&other, key).await);
}

#[tokio::test]
async fn an_overview_has_the_state_the_artists_and_the_sessions_that_are_alive() {
    let world = World::new().await;
    let domain = &world.domain;
    let creator = Creator::new(&world, 1).await;
    let Caller::SignedIn { account, .. } = &creator.caller else {
        unreachable!()
    };
    let (caller, artists) = (&creator.caller, &domain.catalogue.artists);
    let second = artists
        .create(caller, None, &published_artist("Second"))
        .await
        .unwrap();
    artists
        .delete(caller, &second.id, Revision(1))
        .await
        .unwrap();
    let before = domain.accounts.overview(OPERATOR, account).await.unwrap();
    assert_eq!((before.artists, before.deleted_artists), (1, 1));
    assert_eq!((before.is_active, before.is_moderator), (true, false));
    assert_eq!(before.created_at, "1970-01-01T00:00:00Z");
    let sessions = async || domain.sessions.of_account(OPERATOR, account).await.unwrap();
    let one = sessions().await;
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].began_at, "1970-01-01T00:00:00Z");
    assert_eq!(one[0].ends_at, "1970-01-02T00:00:00Z");
    let login = world.log_in(&before.email_address, PASSWORD).await.unwrap();
    let key = world.start(login, 200).await;
    assert_eq!(sessions().await.len(), 2);
    let resumed = world.resume(key).await.unwrap();
    domain.sessions.end(&resumed.caller, key).await.unwrap();
    assert_eq!(sessions().await.len(), 1);
    // The remaining session ends after two hours without use.
    world.clock.advance(Duration::hours(3));
    assert_eq!(sessions().await.len(), 0);
    let login = world.log_in(&before.email_address, PASSWORD).await.unwrap();
    world.start(login, 201).await;
    assert_eq!(sessions().await.len(), 1);
    domain.accounts.disable(OPERATOR, account).await.unwrap();
    assert_eq!(sessions().await.len(), 0);
    let after = domain.accounts.overview(OPERATOR, account).await.unwrap();
    assert!(!after.is_active);
}

#[tokio::test]
async fn the_artists_of_an_account_are_deleted_together_and_can_be_restored_by_it() {
    let world = World::new().await;
    let domain = &world.domain;
    let (abuser, honest) = (Creator::new(&world, 1).await, Creator::new(&world, 2).await);
    let Caller::SignedIn { account, .. } = &abuser.caller else {
        unreachable!()
    };
    let artists = &domain.catalogue.artists;
    for name in ["Second", "Third"] {
        artists
            .create(&abuser.caller, None, &published_artist(name))
            .await
            .unwrap();
    }
    assert_eq!(artists.delete_all_of(OPERATOR, account).await.unwrap(), 3);
    assert_eq!(artists.delete_all_of(OPERATOR, account).await.unwrap(), 0);
    assert!(artists.all(&abuser.caller).await.unwrap().is_empty());
    assert_eq!(artists.all(&honest.caller).await.unwrap().len(), 1);
    let id = &abuser.artist.id;
    assert_eq!(
        audited(&world.documents, id).await,
        ["system artist.deleted"]
    );
    artists.restore(&abuser.caller, id).await.unwrap();
    let counted = domain.accounts.overview(OPERATOR, account).await.unwrap();
    assert_eq!((counted.artists, counted.deleted_artists), (1, 2));
    let refusal = domain.accounts.delete(OPERATOR, account).await;
    assert!(
        matches!(refusal, Err(AccountError::OwnsArtists(1))),
        "{refusal:?}"
    );
    assert_eq!(artists.delete_all_of(OPERATOR, account).await.unwrap(), 1);
    domain.accounts.delete(OPERATOR, account).await.unwrap();
}

#[tokio::test]
async fn what_the_operator_does_is_in_the_audit() {
    let world = World::new().await;
    let accounts = &world.domain.accounts;
    let (ada, _) = world.account_with_session(1).await;
    accounts.disable(OPERATOR, &ada).await.unwrap();
    accounts.enable(OPERATOR, &ada).await.unwrap();
    accounts.end_sessions(OPERATOR, &ada).await.unwrap();
    accounts.delete(OPERATOR, &ada).await.unwrap();
    accounts.end_all_sessions_globally(OPERATOR).await.unwrap();
    let done = ["disabled", "enabled", "signed_out", "deleted"];
    let done = done.map(|action| format!("system account.{action}"));
    assert_eq!(audited(&world.documents, ada.as_str()).await, done);
    let everybody = audited(&world.documents, "everybody").await;
    assert_eq!(everybody, ["system accounts.signed_out"]);
}

#[tokio::test]
async fn an_account_that_is_not_there_is_unknown_and_nothing_is_written_down() {
    let world = World::new().await;
    let accounts = &world.domain.accounts;
    let (gone, _) = world.account_with_session(1).await;
    accounts.delete(OPERATOR, &gone).await.unwrap();
    for refused in [
        accounts.disable(OPERATOR, &gone).await,
        accounts.enable(OPERATOR, &gone).await,
        accounts.end_sessions(OPERATOR, &gone).await,
        accounts.delete(OPERATOR, &gone).await,
        accounts.overview(OPERATOR, &gone).await.map(drop),
    ] {
        assert!(matches!(refused, Err(AccountError::Unknown)), "{refused:?}");
    }
    let written = audited(&world.documents, gone.as_str()).await;
    assert_eq!(written, ["system account.deleted"]);
}

#[tokio::test]
async fn nobody_but_the_operator_sees_or_does_any_of_it() {
    let world = World::new().await;
    let domain = &world.domain;
    let accounts = &domain.accounts;
    let (ada, key) = world.account_with_session(1).await;
    let owner = world.resume(key).await.unwrap().caller;
    for caller in [visitor(), owner] {
        for refused in [
            accounts
                .find(&caller, "person1@example.org")
                .await
                .map(drop),
            accounts.overview(&caller, &ada).await.map(drop),
            accounts.end_sessions(&caller, &ada).await,
            accounts.end_all_sessions_globally(&caller).await,
        ] {
            assert!(
                matches!(refused, Err(AccountError::Forbidden)),
                "{refused:?}"
            );
        }
        let seen: Result<_, SessionError> = domain.sessions.of_account(&caller, &ada).await;
        assert!(matches!(seen, Err(SessionError::Forbidden)), "{seen:?}");
        let deleted = domain.catalogue.artists.delete_all_of(&caller, &ada).await;
        assert!(
            matches!(deleted, Err(CatalogueError::Forbidden)),
            "{deleted:?}"
        );
    }
    assert!(world.resume(key).await.is_some());
}

/// The document of the global epoch is no account.
#[tokio::test]
async fn everybody_is_no_account() {
    let world = World::new().await;
    let accounts = &world.domain.accounts;
    accounts.end_all_sessions_globally(OPERATOR).await.unwrap();
    let everybody: AccountId = serde_json::from_value("everybody".into()).unwrap();
    let refused = accounts.disable(OPERATOR, &everybody).await;
    assert!(matches!(refused, Err(AccountError::Unknown)), "{refused:?}");
    let refused = accounts.delete(OPERATOR, &everybody).await;
    assert!(matches!(refused, Err(AccountError::Unknown)), "{refused:?}");
    let address = "nobody.in.particular@example.invalid";
    let found = accounts.find(OPERATOR, address).await;
    assert!(matches!(found, Err(AccountError::Unknown)), "{found:?}");
}
