//! What to do from the advance notice (内示) to the appointment (発令).

use crate::handover::{GoalState, Record, Step, When};
use crate::lang::Say;
use crate::packet::refs::Ctx;
use crate::say;

/// The steps, with the days that the records tell.
pub(super) fn steps(ctx: &Ctx<'_>, records: &[Record], goals: &[GoalState]) -> Vec<Step> {
    let notified = records.iter().filter_map(|record| record.notified).min();
    let appointed = records.iter().filter_map(|record| record.appointed).max();
    let unmet = goals.iter().filter(|goal| goal.unmet).count();
    let mut steps = Vec::new();
    let mut add = |when: When, what: Say| {
        let day = match when {
            When::Notice => notified,
            When::Appointment => appointed,
            When::Between => None,
        };
        steps.push(Step { when, day, what: what.get(ctx.lang).to_owned() });
    };
    add(
        When::Notice,
        say!(
            "引継ぎの日を決め、この引継書を前任者が読み、計画にないことを書き足す",
            "Set the day of the handover; the predecessor reads this paper and adds what the plan does not say"
        ),
    );
    add(
        When::Notice,
        say!(
            "氏名は発令まで、計画にも引継書にも書かない",
            "Write no names before the appointment, neither in the plan nor here"
        ),
    );
    add(
        When::Between,
        say!(
            "残っていることを１件ずつ、経緯、相手、次の期日まで聞き取る",
            "Go through the open matters one by one: history, persons, next day"
        ),
    );
    if unmet > 0 {
        add(
            When::Between,
            say!(
                "届いていない目標 {unmet}件の理由と次の手を、担当課長と確かめる",
                "Go over the reasons and next steps of the goals not reached ({unmet}) with the divisions in charge"
            ),
        );
    }
    add(
        When::Between,
        say!(
            "紙と電子の書類の置き場所、鍵、権限、契約と協定の一覧を受け取る",
            "Receive the places of papers and files, keys, rights, lists of contracts and agreements"
        ),
    );
    add(
        When::Between,
        say!(
            "引継ぎを終えた日を、計画の handover の completed に書く",
            "Write the day on which it was complete in the plan: completed, under handover"
        ),
    );
    add(
        When::Appointment,
        say!(
            "署名する者（signers）の氏名と着任の日を、計画に書く",
            "Write the name and the first day of the new head under signers in the plan"
        ),
    );
    add(
        When::Appointment,
        say!(
            "連携する部と庁外の相手に、担当の交代と約束の引継ぎを伝える",
            "Tell partners who has taken over and that the promises stand"
        ),
    );
    steps
}
