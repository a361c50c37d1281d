import Catalogue
import Core
import Figures
import Ledger
import Organization
import Web

/// A unit as it was on a day.
struct UnitPage: Page {
    static let template = "boards/unit"

    let title: String
    let form: String
    let code: String
    let day: String
    let action: String
    /// That the code names nothing on the day asked for, and which unit is shown instead.
    let absence: String?
    let meanings: [Meaning]
    let hasMeanings: Bool
    let paths: [PathLine]
    let hasPaths: Bool
    /// The units on other trees that have their seat here, and whose figures are there.
    let elsewhere: [Elsewhere]
    let children: [UnitsPage.Group]
    let hasChildren: Bool
    let versions: [VersionRow]
    let standings: UnitStandings
    let lineageHTML: String?
    let predecessors: Relatives?
    let successors: Relatives?
    let hasLineage: Bool
    let figures: [ThemeLine]
    let hasFigures: Bool
    let figurePeriod: String
    let records: [RecordRow]
    let hasRecords: Bool

    /// What else the code named, and when.
    struct Meaning: Sendable {
        let name: String
        let href: String
        let days: String
    }

    /// The units above, from the top of an axis down.
    struct PathLine: Sendable {
        let axis: String
        let steps: [Link]
    }

    struct VersionRow: Sendable {
        let days: String
        let name: String
        let code: String
        let form: String
    }

    /// A unit that came before or after, with the document and what became of the past.
    struct Relative: Sendable {
        let name: String
        let href: String
        let code: String
        let basis: String
        let document: String
        /// Whether what was recorded there counts here as a whole.
        let isWhole: Bool
    }

    /// The units before, or those after; nil where there are none.
    struct Relatives: Sendable {
        let relatives: [Relative]

        init?(_ relatives: [Relative]) {
            guard !relatives.isEmpty else { return nil }
            self.relatives = relatives
        }
    }

    struct RecordRow: Sendable {
        let day: String
        let kind: String
        let href: String
        let unit: String
    }

    init(
        _ version: UnitVersion, on asked: Day, meanings: [UnitVersion], _ snapshot: Snapshot
    ) throws {
        let words = snapshot.words
        let isThere = version.inForce(on: asked)
        // A unit that does not stand on the day asked for is shown as it last stood, or began.
        let day = isThere ? asked : version.from > asked ? version.from : (version.to ?? asked) - 1
        let reader = UnitReader(version: version, day: day, snapshot: snapshot)
        title = version.name
        form = reader.formName(version)
        code = version.code
        self.day = asked.description
        action = Address("units", version.code).text
        absence =
            isThere
            ? nil
            : words[
                "unit_absent",
                [
                    "code": version.code, "day": asked.description, "name": version.name,
                    "days": reader.days(version),
                ]]
        elsewhere = Indicator.Axis.allCases.compactMap {
            Elsewhere(version, $0, on: day, snapshot)
        }
        let others = meanings.filter { $0.unit != version.unit }
        self.meanings = others.map {
            Meaning(
                name: $0.name, href: Address.unit($0, on: $0.from).text, days: reader.days($0))
        }
        hasMeanings = !others.isEmpty
        paths = reader.paths
        hasPaths = !paths.isEmpty
        children = reader.children
        hasChildren = !children.isEmpty
        versions = reader.versions
        predecessors = Relatives(reader.predecessors)
        successors = Relatives(reader.successors)
        hasLineage = predecessors != nil || successors != nil
        lineageHTML = hasLineage ? reader.lineage.svg() : nil
        standings = try UnitStandings(version, on: day, snapshot)
        figures = try reader.figures()
        hasFigures = !figures.isEmpty
        figurePeriod =
            snapshot.periods(on: day)?.half.words(today: snapshot.today)[words.language]
            ?? ""
        records = try reader.records()
        hasRecords = !records.isEmpty
    }
}
