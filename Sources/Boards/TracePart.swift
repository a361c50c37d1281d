import Catalogue
import Core
import Figures
import Ledger
import Organization
import Web

/// What stands behind a figure, as far as it is public, and the sentence that it adds up.
struct TracePart: Sendable {
    let addsUp: Bool
    /// Nil where the number itself is not told.
    let sentence: String?
    let arithmetic: String?
    /// Why the records themselves are not listed.
    let closed: String?
    let lists: [List]

    /// The records of the figure, or of what it is divided by.
    struct List: Sendable {
        let listName: String
        let count: String
        let hash: String
        let hasLines: Bool
        let hasAmounts: Bool
        let amountLabel: String
        let dayLabel: String
        let lines: [Line]
        let lineMore: String?
        /// The list of all records of the kind there and then.
        let allRecords: Link?
    }

    struct Line: Sendable {
        let day: String
        let label: String
        let href: String
        let unit: String
        let amount: String
    }

    init(_ listing: Listing) throws {
        let words = listing.snapshot.words
        let openness = listing.openness
        addsUp = listing.trace.addsUp
        sentence = words[addsUp ? "trace_adds_up" : "trace_does_not"]
        arithmetic = openness == .sum ? nil : TracePart.arithmetic(listing)
        closed =
            switch openness {
            case .sum: words["trace_sealed"]
            case .fingerprint: words["trace_fingerprint"]
            case .records: nil
            }
        let records = try listing.records()
        lists =
            openness == .sum
            ? []
            : listing.trace.parts.map {
                TracePart.list($0, listing, openness == .records ? records : nil)
            }
    }

    /// What stands behind a number that is not told: that is not told either.
    init(hiddenIn words: Words) {
        (addsUp, sentence, arithmetic, lists) = (true, nil, nil, [])
        closed = words["trace_hidden"]
    }

    /// - Parameter records: what the lines say; nil where none are shown.
    private static func list(
        _ part: Trace.Part, _ listing: Listing, _ records: [Record.ID: Record]?
    ) -> List {
        let showsLines = records != nil
        let (snapshot, words) = (listing.snapshot, listing.snapshot.words)
        let indicator = snapshot.catalogue.indicators[part.indicator] ?? listing.indicator
        let kind = indicator.kind.flatMap { snapshot.catalogue.kinds[$0] }
        let unit = snapshot.catalogue.measureUnit(of: indicator)
        let lines: [Line] =
            if let records {
                part.lines.map {
                    line($0, part, Record.ID($0.id).flatMap { records[$0] }, kind, unit, listing)
                }
            } else { [] }
        return List(
            listName: indicator.name[words.language], count: part.count.grouped, hash: part.hash,
            hasLines: !lines.isEmpty, hasAmounts: unit != nil,
            amountLabel: unit.map {
                words["amount_in", ["unit": $0.written.name[words.language]]]
            } ?? "",
            dayLabel: part.listsUnits ? words["trace_since"] : words["trace_day"], lines: lines,
            lineMore: showsLines ? words.more(of: part.count, shown: lines.count) : nil,
            allRecords: showsLines && !part.listsUnits
                ? kind.flatMap { allRecords($0, listing) } : nil)
    }

    /// Nil where the units are those of another map than the list goes by.
    private static func allRecords(_ kind: Kind, _ listing: Listing) -> Link? {
        let (snapshot, question) = (listing.snapshot, listing.question)
        guard kind.isListed, question.structure == .then,
            let version = snapshot.structure.nearestVersion(
                question.unit, on: question.period.lastDay)
        else { return nil }
        return Link(
            snapshot.words["records_of_figure", ["kind": kind.name[snapshot.language]]],
            Address.records(of: kind.id).with(AskedRecords.unit, version.code)
                .with(AskedRecords.period, question.period.text))
    }

    private static func line(
        _ line: Trace.Line, _ part: Trace.Part, _ record: Record?, _ kind: Kind?,
        _ unit: MeasureUnit?, _ listing: Listing
    ) -> Line {
        let snapshot = listing.snapshot
        let version = line.unit.flatMap {
            snapshot.structure.nearestVersion(
                $0, on: part.listsUnits ? listing.question.mapDay : line.day)
        }
        if part.listsUnits, let version {
            let form = snapshot.catalogue.forms[version.form]?.name[snapshot.language]
            return Line(
                day: line.day.description, label: version.name,
                href: Address.unit(version, on: version.from).text, unit: form ?? version.form,
                amount: "")
        }
        return Line(
            day: line.day.description, label: says(record, kind, listing.snapshot),
            href: Address("records", line.id).text, unit: version?.name ?? "–",
            amount: unit.flatMap { unit in
                line.amount.map { Amount(value: $0, unit: unit).number }
            } ?? "–")
    }

    /// What happened, in the words of the record; where it has none, of what kind it is.
    private static func says(_ record: Record?, _ kind: Kind?, _ snapshot: Snapshot) -> String {
        let name = kind?.name[snapshot.language] ?? ""
        guard let kind, let record else { return name }
        let said = RecordLines(record: record, kind: kind, snapshot: snapshot).line()
        return said.isEmpty ? name : said
    }

    /// The recount, written out.
    private static func arithmetic(_ listing: Listing) -> String? {
        let (trace, indicator) = (listing.trace, listing.indicator)
        guard trace.answer.hasValue, let part = trace.parts.first else { return nil }
        let words = listing.snapshot.words
        let phrase = Phrase(trace.recounted, indicator, words.language).text
        var values = [
            "count": part.count.grouped, "phrase": phrase,
            "numerator": trace.recounted.numerator.grouped,
            "denominator": trace.recounted.denominator.grouped,
        ]
        if trace.recounted.isRatio { return words["arithmetic_ratio", values] }
        if case .sum = indicator.value, indicator.per.isEmpty,
            let unit = listing.snapshot.catalogue.measureUnit(of: indicator)
        {
            values["total"] = Amount(value: part.total, unit: unit).text(words.language)
            return words["arithmetic_sum", values]
        }
        let key =
            switch indicator.value {
            case .count where indicator.per.isEmpty: "arithmetic_count"
            case .distinctPersons, .distinctUnits, .distinctSubjects, .distinctField:
                "arithmetic_distinct"
            default: "arithmetic_other"
            }
        return words[key, values]
    }
}
