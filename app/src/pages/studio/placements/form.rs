//! The form that adds one placement to a video.

use leptos::{prelude::*, task::spawn_local};
use types::{
    Field, Problem,
    catalogue::{EntityForm, EntityKind, FORM_VERSION, PlacementInput, Timecode},
    form_body::FormBody as _,
    pages::studio::{EditPage, FormProblem, FormSuccess, SubmittedForm, SubmittedInput},
};

use super::PlacementsState;
use crate::{
    api::studio::placements::add_placement,
    components::submit_button::SubmitButton,
    navigation::Navigation,
    pages::studio::{
        PRODUCTS,
        field::{FieldSpec, InputKind, show},
        form::{FormFuture, StudioForm, StudioFormKind},
        paths, problem_notice,
    },
    player::Player,
    texts::studio_texts,
};

/// The form that adds one placement, with its typed values.
pub(in crate::pages::studio) struct PlacementForm {
    /// The id of the video.
    id: String,
    typed: EntityForm<PlacementInput>,
    problem: Option<FormProblem>,
}

impl PlacementForm {
    /// The form on the page of the video with this id.
    pub(in crate::pages::studio) fn new(
        id: &str,
        page: &EditPage,
        submitted: &SubmittedForm,
    ) -> Self {
        let (typed, problem) = match &submitted.typed {
            SubmittedInput::Placement(typed) => (typed.clone(), submitted.problem.clone()),
            _ => (EntityForm::default(), None),
        };
        // Errors of the stored video are shown at the form of the video.
        let is_of_video = |problem: &FormProblem| match problem {
            FormProblem::InvalidPlacement { placement, .. } => {
                placement.is_empty() && page.entity.is_some()
            }
            _ => false,
        };
        Self {
            id: id.to_owned(),
            typed,
            problem: problem.filter(|problem| !is_of_video(problem)),
        }
    }

    /// The form beside the placements of its video.
    pub(super) fn show(self, state: PlacementsState, player: Player) -> AnyView {
        let navigation = Navigation::current();
        let accepted = move |form: StudioForm, success: FormSuccess| {
            spawn_local(async move {
                if state.added().await {
                    return form.start_again();
                }
                // The page may have been removed by now.
                let is_there = form.is_busy.try_set(false).is_none();
                if is_there && navigation.unsaved.confirm_and_clear() {
                    navigation.follow(&success.location);
                }
            });
        };
        let refused = move |_, problem: &FormProblem| {
            if matches!(problem, FormProblem::Problem(Problem::Conflict)) {
                state.refresh();
            }
            false
        };
        let kind = StudioFormKind {
            on_success: Some(Box::new(accepted)),
            on_problem: Some(Box::new(refused)),
            ..form_kind(self.id.clone())
        };
        let revision = Signal::derive(move || state.revision.get().to_string());
        self.element(kind, revision, Some(player))
    }

    /// The form alone, because its video could not be read.
    pub(in crate::pages::studio) fn show_alone(self) -> AnyView {
        let revision = Signal::stored(self.typed.extras.revision.clone());
        let kind = form_kind(self.id.clone());
        self.element(kind, revision, None)
    }

    fn element(
        self,
        kind: StudioFormKind,
        revision: Signal<String>,
        player: Option<Player>,
    ) -> AnyView {
        let texts = studio_texts();
        let form = StudioForm::new(self.problem, kind);
        let placement = &self.typed.input;
        let line = |field| FieldSpec::optional(field, InputKind::Line("text"));
        let product =
            FieldSpec::required(Field::PlacementProductId(0), InputKind::Proposed(PRODUCTS));
        view! {
            <form
                class="form placement-form"
                method="post"
                action=[&paths::edit(EntityKind::Video, &self.id), "/placements"].concat()
                novalidate
                node_ref=form.node
                on:input=move |event| form.on_input(&event)
                on:submit=move |event| form.on_submit(&event)
            >
                <input type="hidden" name="form_version" value=FORM_VERSION/>
                <input type="hidden" name="revision" value=revision/>
                {problem_notice::notice_of_placement(form)}
                {field(form, product, &placement.product_id)}
                <div class="placement-form-time">
                    {field(form, line(Field::PlacementStart(0)), &placement.start.text())}
                    {player.map(|player| now(form, player))}
                </div>
                {field(form, line(Field::PlacementNote(0)), &placement.note)}
                <div class="form-end">
                    <SubmitButton label=texts.player.tag is_busy=form.is_busy/>
                </div>
            </form>
        }
        .into_any()
    }
}

fn form_kind(id: String) -> StudioFormKind {
    StudioFormKind {
        name_of: |field| field.member().to_owned(),
        check: None,
        send: Box::new(move |body| {
            let form = EntityForm::read_body(body).ok()?;
            let answer: FormFuture = Box::pin(add_placement(id.clone(), form));
            Some(answer)
        }),
        on_success: None,
        next_path: None,
        on_problem: None,
        leave_prompt: None,
    }
}

/// A field, named as the member of a row.
fn field(form: StudioForm, spec: FieldSpec, value: &str) -> AnyView {
    let name = spec.field().member();
    let state = form.field(["tag-", name].concat(), name.to_owned().into());
    show(spec, state, value)
}

/// A button that fills in the player's current second and then focuses the product.
fn now(form: StudioForm, player: Player) -> AnyView {
    let take = move |_| {
        let seconds = untrack(|| player.time());
        let time = seconds
            .and_then(|seconds| Timecode::from_millis((seconds as u32).saturating_mul(1000)).ok());
        let Some(time) = time else {
            return form.focus("[name=start]");
        };
        form.fill("start", &time.to_string());
        form.focus("[name=product_id]");
    };
    view! {
        <button class="button button-quiet with-program" type="button" on:click=take>
            {studio_texts().player.now}
        </button>
    }
    .into_any()
}
