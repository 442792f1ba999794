//! A formula's pieces as an expression: by recursive descent, one function for each
//! level of tightness.

use super::{
    Choice, FormulaError, FormulaFault, Tree, VariableTypes,
    token::{Placed, Token, fault, tokens},
    typed::{Node, Read, called, joined, joined_parts, number, operation, wrong_count},
};
use crate::assessment::{
    Args, BaseType, Expression, Identifier, Literal, MathConstant, Operator, ToleranceMode, code::args,
    expression::MAX_RULE_DEPTH,
};

/// Parentheses, functions and signs in one another.
const MAX_NESTING: usize = 40;

const IF: &str = "if";
/// Words that are no names.
const RESERVED: &[&str] = &["and", "or", "not", "mod", "div", "true", "false", IF];

pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

pub(super) fn parse(text: &str, known: &VariableTypes) -> Read<(Tree, BaseType)> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(fault(1, FormulaFault::Empty, Args::new()));
    }
    let mut parser = Parser {
        end: text.chars().count() + 1,
        tokens,
        next: 0,
        nesting: 0,
        known,
    };
    let read = parser.tree(0)?;
    match parser.peek() {
        None => Ok(read),
        // Something is done with what an `if` comes to.
        Some(_) if matches!(read.0, Tree::If(_)) => Err(parser.fault(FormulaFault::IfInside)),
        Some(_) => Err(parser.out_of_place()),
    }
}

struct Parser<'k> {
    tokens: Vec<Placed>,
    next: usize,
    /// The place after the last character.
    end: usize,
    nesting: usize,
    known: &'k VariableTypes,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|placed| &placed.token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |placed| placed.at)
    }

    /// Whether that sign or word stands here.
    fn is(&self, word: &str) -> bool {
        is(self.peek(), word)
    }

    /// Takes that sign or word, if it stands here.
    fn take(&mut self, word: &str) -> bool {
        let found = self.is(word);
        self.next += usize::from(found);
        found
    }

    /// Whether a function of that name is called here.
    fn is_call(&self, name: &str) -> bool {
        self.is(name) && is(self.tokens.get(self.next + 1).map(|placed| &placed.token), "(")
    }

    /// What is wrong here.
    fn fault(&self, code: FormulaFault) -> FormulaError {
        fault(self.at(), code, Args::new())
    }

    /// What is wrong with what stands here, named.
    fn fault_found(&self, code: FormulaFault) -> FormulaError {
        match self.peek() {
            Some(token) => fault(self.at(), code, args([("found", &shown(token))])),
            None => self.fault(FormulaFault::Unfinished),
        }
    }

    /// What stands here, where no value can begin nor a calculation go on.
    fn out_of_place(&self) -> FormulaError {
        match self.peek() {
            Some(Token::Sign(",")) => self.fault(FormulaFault::Comma),
            Some(Token::Sign(")")) => self.fault(FormulaFault::Unopened),
            Some(Token::Sign("(") | Token::Number { .. } | Token::Text(_) | Token::Name(_)) => {
                self.fault_found(FormulaFault::OperatorMissing)
            }
            _ => self.fault_found(FormulaFault::Unexpected),
        }
    }

    /// One level deeper.
    fn within(&mut self, read: fn(&mut Self) -> Read<Node>) -> Read<Node> {
        if self.nesting == MAX_NESTING {
            return Err(self.fault(FormulaFault::TooDeep));
        }
        self.nesting += 1;
        let node = read(self);
        self.nesting -= 1;
        node
    }

    /// A value, or one of two by a condition. `depth` counts conditions in one
    /// another: those in what holds otherwise go on in the same rule.
    fn tree(&mut self, depth: usize) -> Read<(Tree, BaseType)> {
        if !self.is_call(IF) {
            let node = self.either()?;
            return Ok((Tree::Value(node.expression), node.base));
        }
        if depth > MAX_RULE_DEPTH {
            return Err(self.fault(FormulaFault::TooDeep));
        }
        let start = self.at();
        self.next += 1;
        let open = self.at();
        self.next += 1;
        let when = self.either()?;
        if when.base != BaseType::Boolean {
            return Err(fault(when.at, FormulaFault::NotATruth, Args::new()));
        }
        self.next_of_if(start)?;
        let (then, base) = self.tree(depth + 1)?;
        self.next_of_if(start)?;
        let other_at = self.at();
        let (otherwise, other) = self.tree(depth)?;
        if self.is(",") {
            return Err(wrong_count(start, IF, "three"));
        }
        self.close(open)?;
        let choice = Choice {
            when: when.expression,
            then,
            otherwise,
        };
        let base = joined(base, other).ok_or_else(|| fault(other_at, FormulaFault::Differs, Args::new()))?;
        Ok((Tree::If(Box::new(choice)), base))
    }

    fn next_of_if(&mut self, start: usize) -> Read<()> {
        if self.is(")") {
            return Err(wrong_count(start, IF, "three"));
        }
        if self.take(",") {
            return Ok(());
        }
        Err(self.fault_found(FormulaFault::OperatorMissing))
    }

    /// The parenthesis that belongs to the one at `open`.
    fn close(&mut self, open: usize) -> Read<()> {
        if self.take(")") {
            return Ok(());
        }
        Err(match self.peek() {
            None => fault(open, FormulaFault::Unclosed, Args::new()),
            Some(_) => self.out_of_place(),
        })
    }

    fn either(&mut self) -> Read<Node> {
        self.chain(&[("or", Operator::Or)], Self::both)
    }

    fn both(&mut self) -> Read<Node> {
        self.chain(&[("and", Operator::And)], Self::negated)
    }

    fn negated(&mut self) -> Read<Node> {
        let at = self.at();
        if !self.take("not") {
            return self.compared();
        }
        let node = self.within(Self::negated)?;
        operation(at, Operator::Not, vec![node])
    }

    fn compared(&mut self) -> Read<Node> {
        let left = self.added()?;
        let Some(sign) = self.comparison() else {
            return Ok(left);
        };
        self.next += 1;
        let right = self.added()?;
        if self.comparison().is_some() {
            return Err(self.fault(FormulaFault::Chain));
        }
        let at = left.at;
        let operator = match sign {
            "<" => Operator::Lt,
            "<=" => Operator::Lte,
            ">" => Operator::Gt,
            ">=" => Operator::Gte,
            _ if left.base == BaseType::String => Operator::StringMatch {
                case_sensitive: true,
                substring: false,
            },
            _ => Operator::Equal {
                tolerance_mode: ToleranceMode::Exact,
                tolerance: Vec::new(),
                include_lower_bound: true,
                include_upper_bound: true,
            },
        };
        let node = operation(at, operator, vec![left, right])?;
        if sign == "!=" {
            return operation(at, Operator::Not, vec![node]);
        }
        Ok(node)
    }

    fn comparison(&self) -> Option<&'static str> {
        match self.peek() {
            Some(Token::Sign(sign @ ("=" | "!=" | "<" | "<=" | ">" | ">="))) => Some(sign),
            _ => None,
        }
    }

    fn added(&mut self) -> Read<Node> {
        let signs = [("+", Operator::Sum), ("-", Operator::Subtract)];
        self.chain(&signs, Self::multiplied)
    }

    fn multiplied(&mut self) -> Read<Node> {
        let signs = [
            ("*", Operator::Product),
            ("/", Operator::Divide),
            ("div", Operator::IntegerDivide),
            ("mod", Operator::IntegerModulus),
        ];
        self.chain(&signs, Self::signed)
    }

    /// Operators of one level, from left to right. The first of them takes any
    /// number of operands.
    fn chain(&mut self, signs: &[(&str, Operator)], part: fn(&mut Self) -> Read<Node>) -> Read<Node> {
        let Some((_, many)) = signs.first() else {
            return part(self);
        };
        let first = part(self)?;
        let at = first.at;
        let mut parts = vec![first];
        while let Some((_, operator)) = signs.iter().find(|(sign, _)| self.is(sign)) {
            self.next += 1;
            let next = part(self)?;
            if operator == many {
                parts.push(next);
            } else {
                let left = joined_parts(at, many, parts)?;
                parts = vec![operation(at, operator.clone(), vec![left, next])?];
            }
        }
        joined_parts(at, many, parts)
    }

    fn signed(&mut self) -> Read<Node> {
        let at = self.at();
        if !self.take("-") {
            return self.raised();
        }
        // A number and its sign are one, unless it is the base of a power.
        let after = self.tokens.get(self.next + 1).map(|placed| &placed.token);
        if let Some(Token::Number { digits, whole }) = self.peek()
            && !is(after, "^")
        {
            let node = number(at, &format!("-{digits}"), *whole)?;
            self.next += 1;
            return Ok(node);
        }
        let node = self.within(Self::signed)?;
        let zero = Node::value(at, Literal::Integer(0));
        operation(at, Operator::Subtract, vec![zero, node])
    }

    fn raised(&mut self) -> Read<Node> {
        let base = self.alone()?;
        if !self.take("^") {
            return Ok(base);
        }
        let exponent = self.within(Self::signed)?;
        operation(base.at, Operator::Power, vec![base, exponent])
    }

    fn alone(&mut self) -> Read<Node> {
        let at = self.at();
        let Some(token) = self.peek().cloned() else {
            return Err(self.fault(FormulaFault::Unfinished));
        };
        match token {
            Token::Number { digits, whole } => {
                let node = number(at, &digits, whole)?;
                self.next += 1;
                Ok(node)
            }
            Token::Text(text) => {
                self.next += 1;
                Ok(Node::value(at, Literal::String(text)))
            }
            Token::Sign("(") => {
                self.next += 1;
                let node = self.within(Self::either)?;
                self.close(at)?;
                Ok(Node { at, ..node })
            }
            Token::Sign(_) => Err(self.fault_found(FormulaFault::Unexpected)),
            Token::Name(name) if self.is_call(&name) => self.call(at, &name),
            Token::Name(name) => {
                let node = self.named(at, &name)?;
                self.next += 1;
                Ok(node)
            }
        }
    }

    fn named(&self, at: usize, name: &str) -> Read<Node> {
        match name {
            "true" | "false" => return Ok(Node::value(at, Literal::Boolean(name == "true"))),
            _ if is_reserved(name) => return Err(self.fault_found(FormulaFault::Unexpected)),
            _ => {}
        }
        if let Ok(identifier) = name.parse::<Identifier>()
            && let Some(base) = self.known.get(&identifier)
        {
            return Ok(Node::leaf(at, *base, Expression::Variable(identifier)));
        }
        let constant = MathConstant::ALL.iter().find(|it| it.as_str() == name);
        let constant = constant.map(|it| Node::leaf(at, BaseType::Float, Expression::MathConstant(*it)));
        constant.ok_or_else(|| fault(at, FormulaFault::UnknownName, args([("name", &name)])))
    }

    fn call(&mut self, at: usize, name: &str) -> Read<Node> {
        match name {
            IF => return Err(self.fault(FormulaFault::IfInside)),
            _ if is_reserved(name) => return Err(self.fault_found(FormulaFault::Unexpected)),
            _ => {}
        }
        self.next += 1;
        let open = self.at();
        self.next += 1;
        let mut of = Vec::new();
        if !self.is(")") {
            of.push(self.within(Self::either)?);
            while self.take(",") {
                of.push(self.within(Self::either)?);
            }
        }
        self.close(open)?;
        called(at, name, of)
    }
}

fn is(token: Option<&Token>, word: &str) -> bool {
    match token {
        Some(Token::Sign(sign)) => *sign == word,
        Some(Token::Name(name)) => name == word,
        _ => false,
    }
}

/// A piece as it was typed, nearly.
fn shown(token: &Token) -> String {
    match token {
        Token::Number { digits, .. } => digits.clone(),
        Token::Text(text) => format!("\"{text}\""),
        Token::Name(name) => name.clone(),
        Token::Sign(sign) => (*sign).to_owned(),
    }
}
