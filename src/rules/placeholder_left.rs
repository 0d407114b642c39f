//! K104: what is still to be written, or to be confirmed.

use crate::city::City;
use crate::finding::Finding;
use crate::model::{Level, ShapeFaultKind};
use crate::place::FileId;
use crate::rules::fields::{self, Headings};
use crate::rules::{Check, Rule};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K104",
    name: "placeholder-left",
    level: Level::Error,
    page: include_str!("placeholder_left.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let headings = Headings::new(city, id);
    for fault in &city.file(id).shape_faults {
        let place = id.at(fault.span);
        let (ja, en) = fault.field.map_or(("内容", "the value"), |field| (field.label, field.key));
        let finding = match fault.kind {
            ShapeFaultKind::Placeholder => Finding::new(
                &RULE,
                place,
                say!("{ja}が（記入）のままです", "{en} still says （記入）, \"to be written\""),
            )
            .label(say!("内容に書き換えてください", "write it here"))
            .why(say!(
                "（記入）は、まだ書いていない所の印です。この欄は何も書いていないものとして数えます。",
                "（記入） marks what is still to be written; the field counts as empty."
            ))
            .help(say!(
                "（記入）とその後の説明を消して、内容を書いてください。書くことがない欄は、行ごと消せます。",
                "Replace （記入） and the hint after it by the content. A field that is not needed can be removed."
            ))
            .todo(headings.of(fault.span), say!("{ja}が（記入）のままです", "{en} is still to be written")),
            ShapeFaultKind::Unconfirmed => Finding::new(
                &RULE,
                place,
                say!("（確認）の印が残っています", "a （確認） mark, \"to be confirmed\", is left"),
            )
            .label(say!("この行の内容を確かめてください", "confirm this line"))
            .why(say!(
                "（確認）は、誰かの案をまだ担当が確かめていない印です。",
                "（確認） marks a proposal that nobody in charge has confirmed yet."
            ))
            .help(say!(
                "内容が正しければ、# から後ろの（確認）を消してください。違っていれば、内容を書き直してから消します。",
                "If the line is right, remove （確認） after the # sign; if not, mend the line first."
            ))
            .todo(headings.of(fault.span), say!("（確認）の印が残っています", "a （確認） mark is left")),
            _ => continue,
        };
        out.push(fields::held(finding, id, fault));
    }
}
