//! Out and in again: the same item, the same score.

use proptest::prelude::*;

use super::{super::write, read};
use crate::assessment::{
    Comparison, Decimal, DirectedPair, Expression, Identifier, Interaction, Item, NumberRules, Operator,
    Points, Quantity, Response, ResponseAction, ResponseProcessing, Rule, Scoring, Tolerance, Value,
    WhiteSpace,
    expression::sample::{any_expression, name, number},
    sample, score,
};

/// Every kind, and every way in which a key is compared.
fn items() -> Vec<Item> {
    let mut items = sample::every_kind();
    items.push(sample::all_in_one());
    for rule in [
        Tolerance::Exact,
        Tolerance::Absolute(decimal("0.1")),
        Tolerance::Percent(decimal("5")),
        Tolerance::SignificantFigures(2),
    ] {
        let mut item = sample::slider();
        item.responses[0].comparison = Comparison::Number(NumberRules {
            tolerance: rule,
            units: Vec::new(),
        });
        items.push(item);
    }
    for flags in 0..8_u8 {
        let mut item = sample::text();
        if let Comparison::Text(rules) = &mut item.responses[0].comparison {
            rules.ignore_case = flags & 1 != 0;
            rules.ignore_accents = flags & 2 != 0;
            rules.white_space = if flags & 4 != 0 {
                WhiteSpace::Ignore
            } else {
                WhiteSpace::Collapse
            };
        }
        let mut mapped = item.clone();
        mapped.responses[0].mapping = serde_json::from_value(serde_json::json!({ "entries": [
            { "key": "Été  one", "value": 2 }, { "key": "two", "value": 0.5 },
        ] }))
        .ok();
        mapped.responses[0].scoring = Scoring::MapResponse;
        items.extend([item, mapped]);
    }
    for penalty in [0, 33, 100] {
        for mut item in [
            sample::multiple(),
            sample::order(),
            sample::matching(),
            sample::associate(),
            sample::hotspot(),
            sample::graphic_order(),
            sample::graphic_associate(),
            sample::graphic_gap_match(),
        ] {
            let points = Points::from_hundredths(175);
            item.responses[0].scoring = Scoring::PerOption { points, penalty };
            items.push(item.clone());
            item.responses[0].scoring = Scoring::MatchCorrect { points };
            items.push(item);
        }
    }
    let mut words = sample::position_object();
    if let Some(crate::assessment::Block::Interaction(Interaction::PositionObject(it))) =
        words.body.last_mut()
    {
        it.object = crate::assessment::Movable::Text("A & B".to_owned());
    }
    items.push(words);
    items
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A response that is right, nearly right, or anything else, as `pick` has it.
fn response(item: &Item, mut pick: impl FnMut(usize) -> usize) -> Response {
    let mut response = Response::default();
    for interaction in item.interactions() {
        let declared = item.declaration(interaction.response()).unwrap();
        let key = declared.correct_response.clone().filter(|_| pick(4) == 0);
        let value = match pick(8) {
            0 => continue,
            _ => key.unwrap_or_else(|| value(interaction, &mut pick)),
        };
        response.values.insert(interaction.response().clone(), value);
    }
    response
}

fn value(interaction: &Interaction, pick: &mut impl FnMut(usize) -> usize) -> Value {
    let choices: Vec<Identifier> = interaction.choices().into_iter().cloned().collect();
    let sides = interaction
        .associables()
        .map(|sides| sides.map(|side| side.into_iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()));
    let texts = [
        "color-SECRET",
        "COLOUR-secret",
        "colour- SECRET",
        "été one",
        "ETE  ONE",
        "été\u{a0}ONE",
        "eteone",
        "two",
    ];
    let numbers = [
        "12345.6",
        "12345.7",
        "12000",
        "12340",
        "12.3456",
        "12345.50000001",
        "13000",
    ];
    let mut some =
        |from: &[Identifier]| -> Vec<Identifier> { from.iter().filter(|_| pick(2) == 0).cloned().collect() };
    match (interaction, sides) {
        (_, Some([sources, targets])) => {
            let pairs = some(&sources).into_iter().map(|source| {
                let target = targets[pick(targets.len())].clone();
                DirectedPair { source, target }
            });
            Value::DirectedPairs(pairs.collect())
        }
        (Interaction::Associate(_) | Interaction::GraphicAssociate(_), _) => {
            let chosen = some(&choices);
            let pairs = chosen
                .chunks_exact(2)
                .map(|ends| [ends[0].clone(), ends[1].clone()].into());
            Value::Pairs(pairs.collect())
        }
        (Interaction::Order(_) | Interaction::GraphicOrder(_), _) => {
            let mut order: Vec<_> = choices
                .into_iter()
                .map(|name| (pick(3) > 0).then_some(name))
                .collect();
            let by = pick(order.len());
            order.rotate_left(by);
            Value::Order(order)
        }
        _ if interaction.is_chosen_from() => Value::Identifiers(some(&choices)),
        (Interaction::SelectPoint(_) | Interaction::PositionObject(_), _) => {
            let places = [
                [7_919, 6_733],
                [7_000, 7_000],
                [7_001, 7_000],
                [10, 10],
                [2_777, 2_777],
            ];
            let places = places.into_iter().filter(|_| pick(2) == 0);
            Value::Points(places.map(Into::into).collect())
        }
        (Interaction::TextEntry(_) | Interaction::ExtendedText(_), _) => {
            Value::Text(texts[pick(texts.len())].to_owned())
        }
        _ => Value::Number(Quantity {
            number: decimal(numbers[pick(numbers.len())]),
            unit: [None, Some("mSECRET"), Some("kmSECRET")][pick(3)].map(str::to_owned),
        }),
    }
}

/// The sample with rules of its own, whose points are what an expression comes to
/// that reads `A`, the number that was answered.
fn with_rule(value: Expression) -> Item {
    let mut item = sample::by_rules();
    let json = serde_json::to_string(&item).unwrap().replace("KEY_VAR_B", "A");
    item.clone_from(&serde_json::from_str(&json).unwrap());
    let set = ResponseAction::SetOutcomeValue {
        identifier: name("SCORE"),
        value,
    };
    item.processing = Some(ResponseProcessing {
        rules: vec![Rule::Do(set)],
    });
    item.outcomes[1].default_value = serde_json::from_value(serde_json::json!([{ "float": "20" }])).unwrap();
    item
}

#[test]
fn an_item_with_rules_of_its_own_comes_back_as_it_went() {
    let item = sample::by_rules();
    let xml = write(&item, "item-1");
    let import = read(&xml).unwrap_or_else(|refusal| panic!("{refusal}\n{xml}"));
    assert_eq!(import.changes, [], "{xml}");
    assert_eq!(import.item.processing, item.processing);
    assert_eq!(import.item.responses, item.responses);
    assert_eq!(import.item.feedback.by_outcome, item.feedback.by_outcome);
    assert_eq!(
        write(&import.item, "item-1")
            .split_whitespace()
            .collect::<Vec<_>>(),
        xml.split_whitespace().collect::<Vec<_>>()
    );
}

#[test]
fn every_kind_comes_back_as_it_went() {
    for item in items() {
        let xml = write(&item, "item-1");
        let import = read(&xml).unwrap_or_else(|refusal| panic!("{refusal}\n{xml}"));
        assert_eq!(
            (import.changes.as_slice(), import.identifier.as_str()),
            (&[][..], "item-1"),
            "{xml}"
        );
        assert_eq!(import.item.feedback, item.feedback);
        assert_eq!(import.item.interactions().count(), item.interactions().count());
        let (before, after) = (plainly(&item), plainly(&import.item));
        assert_eq!(after.responses, before.responses, "{xml}");
        let again = write(&import.item, "item-1");
        assert!(
            again.split_whitespace().eq(xml.split_whitespace()),
            "{xml}
{again}"
        );
    }
}

/// The item without what goes without saying.
fn plainly(item: &Item) -> Item {
    let mut item = item.clone();
    for mapping in item
        .responses
        .iter_mut()
        .filter_map(|declared| declared.mapping.as_mut())
    {
        mapping.lower_bound = mapping.lower_bound.filter(|bound| *bound > Points::ZERO);
    }
    let areas = item
        .responses
        .iter_mut()
        .filter_map(|it| it.area_mapping.as_mut());
    for mapping in areas {
        mapping.lower_bound = mapping.lower_bound.filter(|bound| *bound > Points::ZERO);
    }
    for declared in &mut item.responses {
        if declared.comparison == Comparison::Number(NumberRules::default()) {
            declared.comparison = Comparison::Exact;
        }
        if declared.scoring == Scoring::MapResponse
            && let Comparison::Text(rules) = &mut declared.comparison
        {
            rules.variants.clear();
        }
    }
    item
}

proptest! {
    #[test]
    fn a_response_scores_the_same_before_and_after(which: prop::sample::Index, picks: [u8; 24]) {
        let items = items();
        let item = which.get(&items);
        let mut picks = picks.into_iter().cycle();
        let response = response(item, |count| usize::from(picks.next().unwrap_or(0)) % count);
        let import = read(&write(item, "item-1")).unwrap();
        let (before, after) = (score(item, &response), score(&import.item, &response));
        prop_assert_eq!((after.points, after.max, after.verdict), (before.points, before.max, before.verdict));
    }

    #[test]
    fn an_items_own_rules_score_the_same_before_and_after(
        value in number(), answer in "-?[0-9]{1,2}(\\.[0-9]{1,2})?", picks: [u8; 8],
    ) {
        let item = with_rule(Expression::operation(Operator::Sum, vec![value]));
        let import = read(&write(&item, "item-1"));
        prop_assert!(import.is_ok(), "{:?}\n{}", import, write(&item, "item-1"));
        let import = import.unwrap();
        prop_assert_eq!(&import.item.processing, &item.processing);
        let mut picks = picks.into_iter().cycle();
        let mut response = response(&item, |count| usize::from(picks.next().unwrap_or(0)) % count);
        let number = Quantity { number: decimal(&answer), unit: None };
        response.values.insert(name("A"), Value::Number(number));
        let (before, after) = (score(&item, &response), score(&import.item, &response));
        prop_assert_eq!(after, before);
    }

    /// Any tree is written so that the same is read, or what it says is no rule.
    #[test]
    fn any_expression_is_read_as_it_was_written(value in any_expression()) {
        let item = with_rule(value);
        match read(&write(&item, "item-1")) {
            Ok(import) => prop_assert_eq!(import.item.processing, item.processing),
            Err(refusal) => prop_assert!(
                !item.check().is_empty(), "{:?}\n{}", refusal, write(&item, "item-1")
            ),
        }
    }

    /// Whatever an author writes, it is well-formed and read again.
    #[test]
    fn any_text_can_be_written(text in "[ -~\\n]{0,60}|\\PC{0,40}", identifier in ".{0,20}") {
        let mut item = sample::hottext();
        item.title.clone_from(&text);
        item.body.insert(0, crate::assessment::Block::Prose(text.clone()));
        item.feedback.general = Some(text.clone());
        if let Some(crate::assessment::Block::Interaction(Interaction::Hottext(it))) = item.body.last_mut() {
            it.text.paragraphs[0][0] = crate::assessment::Run::Text(text);
        }
        let xml = write(&item, &identifier);
        let read = read(&xml);
        prop_assert!(read.is_ok(), "{:?}\n{}", read, xml);
    }
}
