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
    let meanings: Listed<Meaning>?
    let paths: Listed<PathLine>?
    /// The units on other trees that have their seat here, and whose figures are there.
    let elsewhere: [Elsewhere]
    let children: Listed<UnitsPage.Group>?
    let versions: [VersionRow]
    let standings: UnitStandings
    let lineageHTML: String?
    let predecessors: Listed<Relative>?
    let successors: Listed<Relative>?
    let hasLineage: Bool
    let figures: Listed<ThemeLine>?
    let figurePeriod: String
    let comparisons: Listed<Link>?
    let records: Listed<RecordRow>?

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
        self.meanings = Listed(
            meanings.filter { $0.unit != version.unit }.map {
                Meaning(
                    name: $0.name, href: Address.unit($0, on: $0.from).text, days: reader.days($0))
            })
        paths = Listed(reader.paths)
        children = Listed(reader.children)
        versions = reader.versions
        predecessors = Listed(reader.predecessors)
        successors = Listed(reader.successors)
        hasLineage = predecessors != nil || successors != nil
        lineageHTML = hasLineage ? reader.lineage.svg() : nil
        standings = try UnitStandings(version, on: day, snapshot)
        figures = Listed(try reader.figures())
        comparisons = Listed(reader.comparisons)
        figurePeriod =
            snapshot.periods(on: day)?.half.words(today: snapshot.today)[words.language]
            ?? ""
        records = Listed(try reader.records())
    }
}
