//! The conformance suite of every search index; the claims know only the port. `testbed` selects
//! the engine: `cargo xtask test` runs the whole suite once on each.

#![expect(clippy::unwrap_used, reason = "in a test it is the assertion")]

mod entries;
mod fixture;
mod golden;
mod inputs;
mod locations;
mod model;
mod pages;
mod puts;
mod queries;
mod rebuilds;

/// Generates one test for each claim.
macro_rules! claims {
    ($($group:ident { $($claim:ident,)* })*) => {
        mod claims { $(mod $group {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $claim() {
                let place = testbed::TestStore::fresh();
                crate::$group::$claim(place.open_search().await).await;
            })*
        })* }
    };
}

claims! {
    golden {
        what_is_found_is_what_the_file_says,
    }
    puts {
        nothing_is_found_in_an_empty_index,
        an_entry_that_was_put_is_found_at_once,
        a_changed_entry_is_found_by_its_new_words_and_not_by_its_old_ones,
        an_entry_that_is_put_twice_is_found_once,
        an_older_version_is_ignored,
        the_same_version_is_written_again,
        a_tombstone_hides_and_an_older_entry_does_not_come_back,
        what_is_deleted_is_found_by_artist_and_since_when,
        what_is_deleted_is_found_by_whoever_asks_for_it,
        a_tombstone_for_what_was_never_there_keeps_it_away,
        a_newer_version_comes_back_after_a_tombstone,
        an_id_in_one_put_twice_is_there_once_at_its_newest,
        a_thousand_can_be_put_at_once,
        nothing_can_be_put,
        of_many_puts_at_once_the_highest_version_stays,
        entries_that_are_put_by_many_are_all_found,
        a_dropped_put_is_applied_or_not_and_does_no_harm,
        any_text_can_be_put_and_searched_for,
        any_sequence_of_puts_is_answered_as_by_the_model,
    }
    locations {
        they_are_those_of_what_a_search_finds,
        one_that_was_changed_stands_where_its_newest_entry_says,
        entries_are_found_by_their_ids,
        the_version_changes_with_what_can_be_found_and_only_then,
    }
    pages {
        offsets_show_every_entry_once,
        cursors_show_every_entry_once,
        a_cursor_goes_on_also_when_its_entry_is_gone,
        a_cursor_survives_being_written_down,
        a_cursor_of_another_sort_is_refused,
        a_limit_of_0_counts,
        nothing_is_found_behind_the_end,
        an_offset_may_be_absurd,
    }
    rebuilds {
        a_new_index_is_not_built_and_a_rebuilt_one_is,
        a_rebuild_is_not_seen_until_it_is_finished,
        what_was_not_put_again_is_gone,
        what_is_put_meanwhile_is_in_both,
        what_is_filled_in_late_does_not_undo_what_was_put_meanwhile,
        a_rebuild_that_was_dropped_leaves_everything_as_it_was,
        a_second_rebuild_abandons_the_first,
        a_rebuild_can_follow_another,
        nothing_that_is_acknowledged_meanwhile_is_lost,
        searches_meanwhile_always_find_everything,
    }
}
