//! A formula's text as numbers, texts, names and signs.

use super::{FormulaError, FormulaFault, MAX_LENGTH, MAX_PARTS};
use crate::assessment::{Args, code::args};

/// A piece of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A number without a sign, and whether it is a whole one.
    Number { digits: String, whole: bool },
    /// A text, without its quotes.
    Text(String),
    /// The name of a variable or a function, or a word.
    Name(String),
    /// An operator, a parenthesis or a comma.
    Sign(&'static str),
}

/// A piece with the number of its first character, from 1.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) at: usize,
    pub(super) token: Token,
}

/// Signs by how they are typed, the longer ones first: some have several ways.
const SIGNS: &[(&str, &str)] = &[
    ("!=", "!="),
    ("<>", "!="),
    ("<=", "<="),
    (">=", ">="),
    ("==", "="),
    ("≠", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("=", "="),
    ("<", "<"),
    (">", ">"),
    ("+", "+"),
    ("-", "-"),
    ("−", "-"),
    ("*", "*"),
    ("×", "*"),
    ("·", "*"),
    ("/", "/"),
    ("÷", "/"),
    ("^", "^"),
    ("(", "("),
    (")", ")"),
    (",", ","),
];

pub(super) fn fault(at: usize, code: FormulaFault, args: Args) -> FormulaError {
    FormulaError { at, code, args }
}

pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, FormulaError> {
    let mut reader = Reader {
        chars: text.chars().take(MAX_LENGTH + 1).collect(),
        next: 0,
    };
    if reader.chars.len() > MAX_LENGTH {
        let max = args([("max", &MAX_LENGTH)]);
        return Err(fault(MAX_LENGTH, FormulaFault::TooLong, max));
    }
    let mut tokens = Vec::new();
    while let Some(placed) = reader.token()? {
        if tokens.len() == MAX_PARTS {
            let max = args([("max", &MAX_PARTS)]);
            return Err(fault(placed.at, FormulaFault::TooManyParts, max));
        }
        tokens.push(placed);
    }
    Ok(tokens)
}

struct Reader {
    chars: Vec<char>,
    next: usize,
}

impl Reader {
    fn token(&mut self) -> Result<Option<Placed>, FormulaError> {
        self.run(char::is_whitespace);
        let at = self.next + 1;
        let Some(first) = self.peek(0) else {
            return Ok(None);
        };
        let starts_number = first.is_ascii_digit() || (first == '.' && self.is_digit(1));
        let token = if starts_number {
            self.number()
        } else if is_letter(first) {
            Token::Name(self.name())
        } else if first == '"' {
            self.text(at)?
        } else {
            Token::Sign(self.sign(at, first)?)
        };
        Ok(Some(Placed { at, token }))
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.next + ahead).copied()
    }

    fn is_digit(&self, ahead: usize) -> bool {
        self.peek(ahead).is_some_and(|c| c.is_ascii_digit())
    }

    /// All that follows of that kind.
    fn run(&mut self, is: impl Fn(char) -> bool) -> String {
        let mut found = String::new();
        while let Some(c) = self.peek(0).filter(|c| is(*c)) {
            found.push(c);
            self.next += 1;
        }
        found
    }

    /// `12`, `1.5`, `.5`, `1.5e-3`; `5.` is five, but not as a whole number.
    fn number(&mut self) -> Token {
        let is_digit = |c: char| c.is_ascii_digit();
        let mut digits = self.run(is_digit);
        if digits.is_empty() {
            digits.push('0');
        }
        let mut whole = true;
        if self.peek(0) == Some('.') {
            whole = false;
            self.next += 1;
            let decimals = self.run(is_digit);
            if !decimals.is_empty() {
                digits = format!("{digits}.{decimals}");
            }
        }
        let sign = usize::from(self.peek(1) == Some('-'));
        if self.peek(0) == Some('e') && self.is_digit(1 + sign) {
            whole = false;
            self.next += 1 + sign;
            let minus = if sign == 1 { "-" } else { "" };
            digits = format!("{digits}e{minus}{}", self.run(is_digit));
        }
        Token::Number { digits, whole }
    }

    /// A letter, then letters, digits and `_`; a dot only with one of them behind it.
    fn name(&mut self) -> String {
        let goes_on = |c: char| is_letter(c) || c.is_ascii_digit();
        let mut name = self.run(goes_on);
        while self.peek(0) == Some('.') && self.peek(1).is_some_and(goes_on) {
            self.next += 1;
            name.push('.');
            name.push_str(&self.run(goes_on));
        }
        name
    }

    /// A quote within is typed twice.
    fn text(&mut self, at: usize) -> Result<Token, FormulaError> {
        let mut text = String::new();
        loop {
            self.next += 1;
            match (self.peek(0), self.peek(1)) {
                (None, _) => return Err(fault(at, FormulaFault::OpenText, Args::new())),
                (Some('"'), Some('"')) => {
                    text.push('"');
                    self.next += 1;
                }
                (Some('"'), _) => {
                    self.next += 1;
                    return Ok(Token::Text(text));
                }
                (Some(c), _) if c.is_control() => {
                    let found = args([("found", &c.escape_default())]);
                    return Err(fault(self.next + 1, FormulaFault::UnknownSign, found));
                }
                (Some(c), _) => text.push(c),
            }
        }
    }

    fn sign(&mut self, at: usize, first: char) -> Result<&'static str, FormulaError> {
        let stands_here = |sign: &str| {
            let mut signs = sign.chars().enumerate();
            signs.all(|(ahead, c)| self.peek(ahead) == Some(c))
        };
        let found = SIGNS.iter().find(|(typed, _)| stands_here(typed));
        let Some((typed, sign)) = found else {
            return Err(fault(at, FormulaFault::UnknownSign, args([("found", &first)])));
        };
        self.next += typed.chars().count();
        Ok(sign)
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}
