use proptest::prelude::*;

use super::*;

const NOW: i64 = 1_700_000_000_000;

fn account(number: u64) -> BucketKey {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&number.to_le_bytes());
    BucketKey::AccountFrom(key, ClientNetwork::new([192, 0, 2, 1].into()))
}

fn pays(buckets: &mut Buckets, subject: BucketKey, now: i64) -> bool {
    buckets.pay(&[subject], now).is_ok()
}

#[test]
fn nothing_is_paid_unless_everybody_can() {
    let mut buckets = Buckets::default();
    while pays(&mut buckets, account(1), NOW) {}
    for _ in 0..50 {
        assert_eq!(buckets.pay(&[account(2), account(1)], NOW), Err(30_000));
    }
    assert!((0..10).all(|_| pays(&mut buckets, account(2), NOW)));
}

#[test]
fn what_has_recovered_is_forgotten() {
    let mut buckets = Buckets::default();
    for number in 0..1_000 {
        pays(&mut buckets, account(number), NOW);
    }
    pays(&mut buckets, account(5_000), NOW + SWEEP_EVERY);
    assert_eq!(buckets.len(), 1);
}

#[test]
fn a_flood_of_new_subjects_is_bounded_and_forgets_nobody_who_failed_often() {
    let mut buckets = Buckets::default();
    while pays(&mut buckets, account(0), NOW) {}
    for number in 1..=(MAX_BUCKETS as u64 + 20_000) {
        pays(&mut buckets, account(number), NOW + 1);
        assert!(buckets.len() <= MAX_BUCKETS);
    }
    assert!(!pays(&mut buckets, account(0), NOW + 1));
}

#[test]
fn a_clock_that_is_set_back_locks_nobody_out() {
    let mut buckets = Buckets::default();
    while pays(&mut buckets, account(1), NOW) {}
    let wait = buckets.pay(&[account(1)], NOW - 86_400_000);
    assert_eq!(wait, Err(30_000));
    assert!(pays(&mut buckets, account(1), NOW - 86_400_000 + 30_000));
}

proptest! {
    #[test]
    fn no_more_is_admitted_than_the_burst_and_what_has_come_back(
        pauses in proptest::collection::vec(0_i64..40_000, 1..200),
    ) {
        let mut buckets = Buckets::default();
        let (mut now, mut admitted) = (NOW, 0);
        for pause in pauses {
            now += pause;
            admitted += i64::from(pays(&mut buckets, account(1), now));
            prop_assert!(admitted <= 10 + (now - NOW) / 30_000);
        }
    }

    #[test]
    fn who_waits_as_long_as_told_is_admitted(
        pauses in proptest::collection::vec(0_i64..20_000, 1..100),
    ) {
        let mut buckets = Buckets::default();
        let mut now = NOW;
        for pause in pauses {
            now += pause;
            if let Err(wait) = buckets.pay(&[account(1)], now) {
                prop_assert!((1..=30_000).contains(&wait));
                prop_assert!(buckets.pay(&[account(1)], now + wait - 1).is_err());
                now += wait;
                prop_assert!(buckets.pay(&[account(1)], now).is_ok());
            }
        }
    }

    #[test]
    fn a_refund_restores_what_was_paid(paid in 1_usize..10) {
        let mut buckets = Buckets::default();
        for _ in 0..paid {
            pays(&mut buckets, account(1), NOW);
        }
        for _ in 0..paid {
            buckets.refund(&account(1));
        }
        let admitted = (0..50).filter(|_| pays(&mut buckets, account(1), NOW)).count();
        prop_assert_eq!(admitted, 10);
    }
}
