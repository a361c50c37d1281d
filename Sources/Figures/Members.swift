import Catalogue
import Core
import Ledger
import Organization
import Storage

/// The records behind a figure, as one statement: an indicator compiled for one question.
///
/// Everything a figure shows comes from here. `rows` lists the members, one row each, for the
/// trace; `counted` lets the database add them up. Both are the same FROM and WHERE.
package struct Members {
    let question: Question
    let indicator: Indicator
    let catalogue: Catalogue
    /// Standing things are listed that stood on any day of this period, rather than its last.
    let standsIn: Period?
    /// Records are placed by the map of this day, when it is not their own.
    let placedOn: Day?
    /// Units that are asked for together, beside the one of the question.
    let together: [OrgUnit.ID]
    /// Members are listed that counted on any day of this period, each with the days it did.
    let course: Period?
    /// The unit that stands for one that ended.
    let followers: [OrgUnit.ID: OrgUnit.ID]
    /// Where the records lie in memory, what of them is cheaper to know before the database is
    /// asked.
    let columns: LedgerColumns?
    /// Nothing stands above the unit, so that nearly every record of the kind counts for it.
    let isWhole: Bool
    /// What is read beside the first tables, each with its alias; the conditions say how it joins.
    var joins: [SQL] = []
    var conditions: [SQL] = []
    var tables: [SQL] = []
    /// The things that records must be about, where only some are meant.
    private(set) var ownThings: OwnThings?
    /// What a distinct count counts; NULL where each row counts.
    var who: SQL = "CAST(NULL AS TEXT)"
    var tellsApart = false
    /// Whether a record may stand in several rows, so that counting records must tell them apart.
    var repeats = false
    var amount: SQL = "CAST(NULL AS BIGINT)"
    /// The day that places a member in a week or month.
    var day: SQL = ""
    let fact: Fact

    /// Standing things, told by a subject they share with the records about them.
    indirect enum OwnThings {
        case of(Members, subject: String)
    }

    /// - Throws: `Refusal.notFound` when the indicator names a kind the catalogue lost.
    init(
        _ question: Question, _ indicator: Indicator, _ catalogue: Catalogue,
        standsIn: Period? = nil, placedOn: Day? = nil, together: [OrgUnit.ID] = [],
        course: Period? = nil, followers: [OrgUnit.ID: OrgUnit.ID] = [:], isWhole: Bool = false,
        columns: LedgerColumns? = nil
    ) throws {
        self.columns = columns
        self.followers = followers
        self.isWhole = isWhole
        self.together = together
        self.course = course
        self.standsIn = standsIn
        self.placedOn = placedOn
        self.question = question
        self.indicator = indicator
        self.catalogue = catalogue
        fact = Fact("f", asOf: question.position)
        switch indicator.from {
        case .kind(let id):
            guard let kind = catalogue.kinds[id] else { throw Refusal.notFound }
            readRecords(kind)
        case .units(let forms, let seat): readUnits(forms, seat: seat)
        case .rule: throw Refusal.notFound
        }
    }
    /// Only records about things that are among some others.
    mutating func readOwnThings(_ own: Members, _ subject: String) {
        ownThings = .of(own, subject: subject)
        let key = own.key(subject: subject, as: "thing")
        tables.append(
            """
            own_thing AS MATERIALIZED (SELECT \(key.value) AS code \(own.body([key])))
            """)
        conditions.append(
            """
            EXISTS (SELECT 1 FROM record_subject AS ot WHERE ot.record_id = f.id
                AND ot.kind = \(subject) AND ot.code IN (SELECT code FROM own_thing))
            """)
    }
}
