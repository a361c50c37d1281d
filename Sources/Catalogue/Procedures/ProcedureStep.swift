import Core

extension Procedure {
    /// A step of a procedure. It posts one record of a kind; where that kind has a choice field
    /// named `outcome`, its options are the ways the step can end.
    package struct Step: Sendable {
        package let id: String
        package let kind: String
        /// What it is called where its kind's name does not say it.
        package let name: Wording?
        /// The stage the case is in from here on: the id of one of the procedure's stages.
        package let stage: String?
        package let entry: Entry
        /// Owed only if all of these are so; each names a value of an earlier step.
        package let when: [When]
        /// The field of an earlier step that names units: the step is owed once for each of them.
        package let each: String?
        package let every: Clock?
        package let until: String?
        package let back: [Back]
        package let times: [Bound]
        /// How long it counts, until something that rests on it is done.
        package let valid: Length?
        package let by: [Actor]
        /// The unit it stands in; the case's own where nothing is said.
        package let at: UnitName?
        package let holds: [Holds]
        package let notBy: [String]
        package let elseBy: [Actor]
        package let signs: Signatures?
        package let notBefore: [Clock]
        package let within: Clock?
        package let lapses: Clock?
        /// The only step that may be written once this one has lapsed.
        package let lapsesTo: String?
        /// The least stretch of a step that lasts.
        package let lasts: Length?
        package let needs: [Need]
        package let generally: Generally
        package let vote: Vote?
        package let papers: [String]
        package let effects: [Effect]
        /// To whom it is delivered.
        package let tells: String?
        package let file: String
        package let line: Int

        /// What `each` and a unit of a record's own call its second unit.
        package static let placeWord = "place"

        /// Who owns the case once the step has ended so; nil where it changes nothing.
        package func holding(after outcome: String?) -> Holds? {
            holds.first { $0.outcome != nil && $0.outcome == outcome }
                ?? holds.first { $0.outcome == nil }
        }

        /// Whether it may be taken and is owed by nobody.
        package var isPermitted: Bool {
            switch entry {
            case .whilst, .reopens: true
            case .opens, .after: false
            }
        }
    }

    /// When a step comes into play.
    package enum Entry: Sendable, Hashable {
        case opens
        /// Once one of each of these is so.
        case after([[StepReference]])
        /// Permitted for as long as something is so.
        case whilst(While)
        /// May follow an end, which it reverses.
        case reopens(String)
    }

    package enum While: Sendable, Hashable {
        /// As long as that step is owed, or has become late or lapsed.
        case step(StepReference)
        case open
        case closed
    }

    /// A step, or what became of it: `notice.clear`, `approve.told`, `approve.lapsed`.
    package struct StepReference: Sendable, Hashable {
        package let step: String
        package let state: State?

        package enum State: Sendable, Hashable {
            case outcome(String)
            case told, late, lapsed, exhausted
        }
    }

    /// `back: {refused: examine}`: a new round begins at a step.
    package struct Back: Sendable, Hashable {
        /// Nil for every outcome.
        package let outcome: String?
        package let to: String
    }

    package struct Bound: Sendable, Hashable {
        /// Nil for the step, or for all its ways back.
        package let outcome: String?
        package let most: Amount
    }

    /// Who owns the case from here on.
    package struct Holds: Sendable, Hashable {
        package let outcome: String?
        package let unit: UnitName
    }

    package struct When: Sendable, Hashable {
        package let step: String
        package let field: String
        package let comparison: Indicator.Comparison
    }

    /// Further signatures, each a record beside the step.
    package struct Signatures: Sendable, Hashable {
        package let actors: [Actor]
        /// Whether all of them are needed, or one.
        package let all: Bool
        package let when: [Indicator.Condition]
        /// The outcome that one refusal gives the step; nil where the step is then not taken.
        package let refused: String?
    }

    /// What must be given or counted before a step is posted.
    package indirect enum Need: Sendable, Hashable {
        case field(String, Indicator.Comparison)
        /// How many persons the record names in a role.
        case persons(String, Indicator.Comparison)
        /// At least as many persons as an earlier field says, and so much in a hundred more.
        case surplus(role: String, over: FieldReference, percent: Amount)
        /// How many records of a step the case has.
        case count(String, Indicator.Comparison)
        /// Nobody of this role stands in those steps.
        case distinct(role: String, from: [String])
        case had(Indicator.Had)
        case any([Need])
        case ifOutcome(String, Need)
    }

    /// Which guards ask for a reason instead of refusing.
    package enum Generally: Sendable, Hashable {
        case none, all
        case named([String])

        package func covers(_ name: String) -> Bool {
            switch self {
            case .none: false
            case .all: true
            case .named(let names): names.contains(name)
            }
        }
    }

    /// Who may write a step.
    package enum Actor: Sendable, Hashable {
        /// Whom the case is about.
        case about
        /// Anybody who asks.
        case anybody
        /// The persons whom an earlier step names in a role.
        case persons(String)
        /// Who holds a role of roles.yaml at a unit.
        case role(UnitName, String)
    }

    /// A unit, told from the case.
    package indirect enum UnitName: Sendable, Hashable {
        /// Where the case was opened.
        case unit
        /// The second unit of the record that says it.
        case place
        /// The unit that the record of the step names.
        case named
        /// Who owns the case now.
        case owner
        /// The one of several for which the step is owed.
        case each
        case district
        /// A name that `units` gives.
        case called(String)
        /// The organization above, on the Party tree.
        case superior(UnitName)
        /// The nearest unit of a form above where the case was opened.
        case superiorForm(String)
    }

    package struct FieldReference: Sendable, Hashable {
        package let step: String
        package let field: String
    }

    package struct Vote: Sendable, Hashable {
        /// The step that froze the list of the entitled.
        package let list: String
        package let quorum: Share
        package let passes: Share
        package let base: Base
        /// Whether each of several is voted on, so that the least of their votes decides.
        package let each: String?
        package let isSecret: Bool
        package let isOneByOne: Bool
        package let hasWriteIn: Bool
        /// What each outcome says of the count.
        package let decides: [String: Decision]

        package enum Decision: String, Sendable { case carried, lost }

        package enum Base: Sendable, Hashable {
            case entitled, present
            /// A rule whose value is one of these words.
            case rule(String)
        }
    }

    package struct Share: Sendable, Hashable {
        /// In a hundred.
        package let percent: Amount
        package let strict: Strictness

        package enum Strictness: Sendable, Hashable {
            case moreThan, atLeast
            case rule(String)
        }
    }

    /// What a step does to records outside its case. Each has its inverse.
    package struct Effect: Sendable, Hashable {
        package let outcome: String?
        /// An earlier outcome that must stand as well.
        package let with: StepReference?
        package let acts: [Act]
        package let of: FieldReference?
        /// Whom of the case's own record it concerns.
        package let role: String?
        /// Whether one record is made for each person.
        package let isEach: Bool
        package let fields: [String: String]
        package let to: UnitName?
        /// The step from whose day it holds; its own where nothing is said.
        package let from: String?

        package enum Act: Sendable, Hashable {
            case starts(kind: String)
            case ends(kind: String)
            case moves(kind: String)
            case opens(procedure: String)
            case reorganizes
        }
    }
}
