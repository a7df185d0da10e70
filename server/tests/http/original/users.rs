//! Users in the API.

use super::class::Class;
use crate::support::{Caller, PASSWORD, Program, credentials};

static CLASS: Class = Class::new("users");

#[tokio::test]
async fn users_check_that_one_exists() {
    let room = CLASS.room().await;
    let answer = room.owner().test().await.is(200);
    assert_eq!(answer.json()["data"]["email_address"], room.address);
}

#[tokio::test]
async fn users_add_one() {
    let room = CLASS.room().await;
    let program = Program::of(&room.app);
    let body = credentials("alone@example.org", PASSWORD);
    program.new_user(&body).await.is(201);
}

#[tokio::test]
async fn users_add_two() {
    let room = CLASS.room().await;
    let program = Program::of(&room.app);
    for address in ["first@example.org", "second@example.org"] {
        program
            .new_user(&credentials(address, PASSWORD))
            .await
            .is(201);
    }
}

#[tokio::test]
async fn users_add_two_with_the_same_address() {
    let room = CLASS.room().await;
    let program = Program::of(&room.app);
    let body = credentials(&room.address, PASSWORD);
    program
        .new_user(&body)
        .await
        .is_refusal(409, "already_exists");
}
