//! The conformance suite of every document store; the claims know only the port. `testbed` selects
//! the store: `cargo xtask test` runs the whole suite once on each.

#![expect(clippy::unwrap_used, reason = "in a test it is the assertion")]

mod bodies;
mod create;
mod dropped;
mod fixture;
mod fresh;
mod get;
mod list;
mod model;
mod race;
mod remove;
mod replace;
mod scan;

/// Generates one test for each claim.
macro_rules! claims {
    ($($group:ident { $($claim:ident,)* })*) => {
        mod claims { $(mod $group {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $claim() {
                let (store, _place) = crate::fresh::fresh().await;
                crate::$group::$claim(store).await;
            })*
        })* }
    };
}

claims! {
    create {
        a_created_document_is_read_back_at_once,
        a_created_document_has_revision_1,
        a_second_create_is_refused_and_changes_nothing,
        an_id_may_be_used_in_two_collections,
        an_id_may_contain_slashes_and_any_visible_ascii,
        an_id_may_have_512_bytes,
        ids_that_differ_only_in_case_are_two_documents,
    }
    get {
        a_document_that_was_never_written_is_not_there,
        a_document_is_there_only_in_its_own_collection,
        many_are_answered_in_the_order_asked_for,
        many_may_name_an_id_twice,
        many_of_none_are_none,
        two_hundred_are_read_in_one_call,
        the_store_answers_that_it_is_there,
    }
    replace {
        a_replaced_document_is_read_back_at_once,
        revisions_are_1_2_3,
        a_replacement_leaves_nothing_of_the_old_body,
        a_replacement_by_the_same_body_is_a_new_revision,
        an_old_revision_is_refused_and_changes_nothing,
        a_revision_that_never_was_is_refused,
        a_missing_document_is_not_made,
        a_document_of_another_collection_is_not_replaced,
    }
    remove {
        a_removed_document_is_gone_at_once,
        an_old_revision_is_not_removed,
        a_missing_document_is_not_removed,
        a_second_remove_is_refused,
        a_removed_document_is_not_replaced,
        a_removed_document_can_be_created_again_at_revision_1,
        only_the_one_in_this_collection_is_removed,
    }
    list {
        nothing_is_listed_in_an_empty_store,
        those_with_the_value_are_listed_whole_by_ascending_id,
        ids_are_ordered_by_their_bytes,
        a_limit_cuts_the_list,
        a_limit_of_0_lists_nothing,
        pages_show_each_document_once,
        a_cursor_need_not_exist,
        a_cursor_behind_the_last_lists_nothing,
        each_indexed_field_has_its_own_list,
        values_are_compared_whole_and_by_case,
        a_value_may_be_any_text,
        documents_without_the_field_are_not_listed,
        a_replacement_moves_to_its_new_list_at_once,
        a_replacement_with_the_same_value_stays_listed_at_its_new_revision,
        a_replacement_without_the_field_leaves_the_list,
        a_removed_document_leaves_its_lists_at_once,
        a_created_again_document_is_listed_once,
        collections_have_lists_of_their_own,
        a_cheap_list_shows_a_new_document_before_long,
    }
    scan {
        an_empty_collection_has_nothing_to_scan,
        every_document_is_scanned_once_by_ascending_id,
        a_scan_is_as_of_now_and_of_one_collection,
    }
    bodies {
        an_empty_object_comes_back,
        every_kind_of_json_value_comes_back,
        text_of_every_script_and_control_comes_back,
        keys_of_any_text_come_back,
        deep_nesting_comes_back,
        a_megabyte_comes_back,
        the_same_field_may_hold_different_kinds_in_two_documents,
    }
    race {
        of_64_creates_of_one_id_exactly_one_wins,
        of_64_replacements_from_one_revision_exactly_one_wins,
        of_a_replacement_and_a_removal_exactly_one_wins,
        counters_raised_by_many_lose_nothing,
        creates_of_different_ids_all_succeed,
        readers_see_a_document_only_whole_and_never_go_back,
    }
    dropped {
        a_dropped_create_is_applied_whole_or_not_at_all,
        a_dropped_replacement_is_applied_whole_or_not_at_all,
        dropped_reads_do_no_harm,
    }
    model {
        any_sequence_of_operations_is_answered_as_by_a_map,
    }
}
