import Catalogue
import Core
import Figures
import Foundation
import Ledger
import Organization
import Web

/// A unit as it was on a day.
struct UnitPage: Pictured {
    static let template = "boards/unit"

    let title: String
    /// How its Chinese name sounds, for who does not read it; nil where it needs none.
    let sound: String?
    let form: String
    let code: String
    let day: String
    let action: String
    /// The day, where the reader asked for one.
    let dayNote: String?
    /// How many units of which forms stand below.
    let counts: String
    /// That the code names nothing on the day asked for, which unit is shown instead, and what
    /// followed it.
    let absence: String?
    let followed: Listed<Link>?
    let comparisons: Listed<Link>?
    let cards: Listed<UnitCard>?
    let figures: Listed<UnitFigures>?
    /// The units on other trees that have their seat here, and whose figures are there.
    let elsewhere: [Elsewhere]
    let children: UnitChildren
    let standings: UnitStandings
    let records: Listed<EntryLine>?
    let hasNoRecords: Bool
    let pictures: Listed<PictureView>?
    let allPictures: String
    let meanings: Listed<Meaning>?
    let paths: Listed<PathLine>?
    let versions: [VersionRow]
    let lineage: ChartFrame?
    let predecessors: Listed<Relative>?
    let successors: Listed<Relative>?
    let hasLineage: Bool

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

    init(
        _ version: UnitVersion, on asked: Day, meanings: [UnitVersion], _ snapshot: Snapshot
    ) throws {
        let words = snapshot.words
        let isThere = version.inForce(on: asked)
        // A unit that does not stand on the day asked for is shown as it last stood, or began.
        let day = isThere ? asked : version.from > asked ? version.from : (version.to ?? asked) - 1
        let reader = UnitReader(version: version, day: day, snapshot: snapshot)
        title = version.name
        let sound = version.name.applyingTransform(.mandarinToLatin, reverse: false)
        self.sound = words.language == .zh || sound == version.name ? nil : sound
        form = reader.formName(version)
        code = version.code
        self.day = asked.description
        dayNote = asked == snapshot.today ? nil : words["unit_as_of", ["day": asked.description]]
        action = Address("units", version.code).text
        absence = isThere ? nil : reader.absence(on: asked)
        let periods = snapshot.periods(on: day)
        let figures = try Self.figures(version, on: day, periods, snapshot)
        self.figures = Listed(figures)
        let shown = Set(figures.compactMap(\.keeper?.label))
        elsewhere = Indicator.Axis.allCases.compactMap {
            Elsewhere(version, $0, on: day, snapshot)
        }.filter { !$0.places.allSatisfy { shown.contains($0.label) } }
        children = try UnitChildren(of: version, on: day, periods, snapshot)
        self.meanings = Listed(
            meanings.filter { $0.unit != version.unit }.map {
                Meaning(
                    name: $0.name, href: Address.unit($0, on: $0.from).text, days: reader.days($0))
            })
        paths = Listed(reader.paths)
        versions = reader.versions
        predecessors = Listed(reader.predecessors)
        successors = Listed(reader.successors)
        hasLineage = predecessors != nil || successors != nil
        lineage = hasLineage ? try reader.lineageFrame() : nil
        followed = isThere ? nil : Listed(reader.followers)
        counts = reader.counts
        let standing = try UnitStandings.lines(version, on: day, snapshot)
        cards = Listed(UnitCard.all(standing, version, snapshot))
        standings = try UnitStandings(standing, version, on: day, snapshot)
        comparisons = Listed(reader.comparisons)
        let newest = try reader.records()
        records = Listed(newest)
        hasNoRecords = newest.isEmpty
        pictures = Listed(try reader.pictures())
        allPictures = Address.photos.with("unit", version.code).text
    }

    /// Its own figures, and those of each unit that alone has its seat here for another tree.
    private static func figures(
        _ version: UnitVersion, on day: Day, _ periods: UsualPeriods?, _ snapshot: Snapshot
    ) throws -> [UnitFigures] {
        guard let periods else { return [] }
        let reader = UnitFigureReader(snapshot: snapshot, day: day, periods: periods)
        let seated = Indicator.Axis.allCases.map { snapshot.seated(in: version, $0, on: day) }
            .filter { $0.count == 1 }.joined()
        return try [reader.figures(of: version)].compactMap { $0 }
            + seated.compactMap { try reader.figures(of: $0, keeper: true) }
    }
}
