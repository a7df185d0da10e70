use super::*;

/// Computed by the reference implementation from `PASSWORD` and the salt `saltsaltsaltsalt`.
const REFERENCE: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$QKHrg5tayLGcN+Y0HVPNaBqykOVLUxlMkZycXE1uWRM";
/// The hash of `PASSWORD` with other parameters.
const OUTDATED: &str = "$argon2id$v=19$m=64,t=1,p=4$c2FsdHNhbHRzYWx0c2FsdA$/qZ9zDel/Gs/zyw5Jpkgj9wQ5EuD330g81SA9Q+09s0";
const PASSWORD: &str = "correct horse battery staple";

fn pool(threads: usize, queue: usize) -> HashingPool {
    let shares = HashingLimits::UNLIMITED;
    HashingPool::start(HashingSettings {
        threads,
        queue,
        shares,
    })
    .unwrap()
}

fn permit(pool: &HashingPool) -> HashingPermit {
    pool.acquire(Flow::Operator, [1; 32]).unwrap()
}

async fn hash(pool: &HashingPool, typed: &str) -> Result<StoredHash, HashingError> {
    pool.hash(&permit(pool), password(typed)).await
}

async fn verify(
    pool: &HashingPool,
    typed: &str,
    hash: StoredHash,
) -> Result<PasswordMatch, HashingError> {
    pool.verify(&permit(pool), password(typed), hash).await
}

fn password(typed: &str) -> Password {
    Password::new(typed.to_owned())
}

fn stored(phc: &str) -> StoredHash {
    serde_json::from_value(phc.into()).unwrap()
}

fn phc(hash: &StoredHash) -> String {
    serde_json::from_value(serde_json::to_value(hash).unwrap()).unwrap()
}

#[tokio::test]
async fn a_hash_verifies_its_password_and_no_other() {
    let pool = pool(2, 8);
    let hash = hash(&pool, PASSWORD).await.unwrap();
    let verdict = verify(&pool, PASSWORD, hash.clone()).await.unwrap();
    assert_eq!(verdict, PasswordMatch::Match);
    for wrong in [
        "",
        "correct horse battery stapl",
        "Correct horse battery staple",
    ] {
        let verdict = verify(&pool, wrong, hash.clone()).await.unwrap();
        assert_eq!(verdict, PasswordMatch::Mismatch, "{wrong}");
    }
}

#[tokio::test]
async fn a_hash_says_how_it_was_made_and_has_a_salt_of_its_own() {
    let pool = pool(1, 8);
    let first = phc(&hash(&pool, PASSWORD).await.unwrap());
    let second = phc(&hash(&pool, PASSWORD).await.unwrap());
    let (parameters, salt_and_output) = first.split_at(31);
    assert_eq!(parameters, "$argon2id$v=19$m=19456,t=2,p=1$");
    let (salt, output) = salt_and_output.split_once('$').unwrap();
    assert_eq!(
        (salt.len(), output.len()),
        (22, 43),
        "16 and 32 bytes in base64"
    );
    assert!(!second.contains(salt));
}

#[tokio::test]
async fn hashes_of_the_reference_implementation_verify() {
    let pool = pool(1, 8);
    let verdict = verify(&pool, PASSWORD, stored(REFERENCE)).await.unwrap();
    assert_eq!(verdict, PasswordMatch::Match);
}

#[tokio::test]
async fn other_parameters_are_outdated_only_for_the_right_password() {
    let pool = pool(1, 8);
    let verdict = verify(&pool, PASSWORD, stored(OUTDATED)).await.unwrap();
    assert_eq!(verdict, PasswordMatch::MatchOutdated);
    let verdict = verify(&pool, "x", stored(OUTDATED)).await.unwrap();
    assert_eq!(verdict, PasswordMatch::Mismatch);
}

#[tokio::test]
async fn what_one_hash_leaves_in_memory_does_not_reach_the_next() {
    let pool = pool(1, 8);
    for _ in 0..2 {
        for phc in [OUTDATED, REFERENCE] {
            let verdict = verify(&pool, PASSWORD, stored(phc)).await.unwrap();
            assert_ne!(verdict, PasswordMatch::Mismatch);
        }
    }
}

#[tokio::test]
async fn a_damaged_hash_is_refused_without_work() {
    let pool = pool(1, 8);
    for phc in [
        "",
        "no hash",
        "$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAA",
    ] {
        let refused = verify(&pool, PASSWORD, stored(phc)).await;
        assert!(matches!(refused, Err(HashingError::Broken(_))), "{phc}");
    }
}

#[tokio::test]
async fn no_password_has_the_decoy_s_hash() {
    let pool = pool(1, 1);
    let verdict = verify(&pool, PASSWORD, StoredHash::decoy().unwrap()).await;
    assert_eq!(verdict.unwrap(), PasswordMatch::Mismatch);
}

#[tokio::test]
async fn a_flood_is_shed_and_what_was_taken_is_answered() {
    let pool = pool(1, 4);
    let hashes = (0..50).map(|_| hash(&pool, PASSWORD));
    let mut done = 0;
    for outcome in join_all(hashes).await {
        match outcome {
            Ok(_) => done += 1,
            Err(HashingError::Busy(wait)) => assert!(wait >= Duration::from_secs(1)),
            Err(error) => panic!("{error}"),
        }
    }
    assert!((4..40).contains(&done), "{done}");
    assert_eq!(pool.queue_len(), 0);
}

#[tokio::test]
async fn callers_that_give_up_break_nothing() {
    let pool = pool(1, 64);
    for _ in 0..5 {
        let hashes: Vec<_> = (0..8).map(|_| hash(&pool, PASSWORD)).collect();
        tokio::select! {
            biased;
            _ = join_all(hashes) => panic!("eight hashes take longer than nothing"),
            () = tokio::task::yield_now() => {}
        }
    }
    let verdict = verify(&pool, PASSWORD, stored(REFERENCE)).await.unwrap();
    assert_eq!(verdict, PasswordMatch::Match);
    assert_eq!(pool.queue_len(), 0);
}

#[test]
fn a_decoy_is_as_much_work_as_a_hash_of_today() {
    let real = stored(REFERENCE).read().unwrap().0;
    let decoy = StoredHash::decoy().unwrap().read().unwrap().0;
    assert!(!real.is_outdated() && !decoy.is_outdated());
}

/// Polls all futures in turn until all are done.
async fn join_all<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut tasks: Vec<_> = futures
        .into_iter()
        .map(|future| (Box::pin(future), None))
        .collect();
    std::future::poll_fn(move |context| {
        for (future, output) in &mut tasks {
            if output.is_none()
                && let std::task::Poll::Ready(ready) = future.as_mut().poll(context)
            {
                *output = Some(ready);
            }
        }
        if tasks.iter().any(|(_, output)| output.is_none()) {
            return std::task::Poll::Pending;
        }
        std::task::Poll::Ready(
            tasks
                .iter_mut()
                .filter_map(|(_, output)| output.take())
                .collect(),
        )
    })
    .await
}
