import Catalogue
import Core
import Ledger
import Organization
import Web

/// The records of one kind, page by page, under the form that says which.
struct RecordsPage: Page {
    static let template = "boards/records"

    let title: String
    /// How many there are, and of which time and unit.
    let lead: String
    let form: RecordFilterForm
    let periods: Listed<Link>?
    let table: Table?
    /// Why there is nothing, and what to do.
    let empty: String?
    let pager: Pager?
    let takeAway: TakeAway?
    /// That a file of these is asked for with its purpose.
    let takeNote: String?
    let summary: FaultSummary?

    struct Table: Sendable {
        let heads: [Head]
        let rows: [Row]
    }

    struct Head: Sendable {
        let headLabel: String
        let headLook: String
    }

    struct Row: Sendable {
        let day: String
        let href: String
        let unit: String
        let cells: [Cell]
    }

    struct Cell: Sendable {
        let cellText: String
        let cellLook: String
    }

    /// Up to so many are counted, and sorted by something else than their day.
    static let countLimit = 20_000

    /// - Throws: `Misasked` with the page that says what is wrong.
    init(
        _ asked: AskedRecords, _ keyset: Keyset, in scope: Scope, _ snapshot: Snapshot
    ) throws {
        let words = snapshot.words
        let understood = asked.understood(snapshot)
        guard understood.faults.isEmpty else {
            throw Misasked(page: RecordsPage(wrong: asked, understood, snapshot))
        }
        let list = RecordList(
            asked.list(understood, in: scope), asOf: snapshot.reading.position, snapshot.db)
        let total = try list.total(upTo: Self.countLimit)
        if case .measure = understood.order, total > Self.countLimit {
            let fault = Fault(
                AskedRecords.sort,
                zh: "超过 \(Self.countLimit.grouped) 条时只能按日期排序，请缩小范围。",
                en: """
                    More than \(Self.countLimit.grouped) records are sorted by their day only: \
                    ask for fewer.
                    """)
            throw Misasked(
                page: RecordsPage(wrong: asked, understood.with(fault), snapshot))
        }
        let columns = asked.columns(words)
        let found = try list.page(
            after: keyset.after?.parts, limit: keyset.fetch, of: total)
        let (shown, next) = keyset.cut(found, key: list.place)
        let named =
            columns.contains(where: \.isNamed)
            ? try NamedInRecords(of: shown.map(\.id), snapshot.db) : NamedInRecords()
        title = RecordsPage.title(asked.kind, words)
        lead = RecordsPage.lead(total, understood, words)
        form = RecordFilterForm(asked, understood, columns, snapshot)
        summary = nil
        periods = Listed(RecordsPage.periods(asked, understood, snapshot))
        table = shown.isEmpty ? nil : Table(shown, columns, named, snapshot)
        empty =
            shown.isEmpty
            ? words[keyset.after == nil ? "records_empty" : "records_end"] : nil
        pager = keyset.pager(next: next, at: asked.address)
        takeAway =
            shown.isEmpty ? nil : TakeAway(asked.address, on: snapshot.today)
        takeNote = shown.isEmpty || asked.kind.isListed ? nil : words["records_take_note"]
    }

    /// The form as it was filled in, with what is wrong, and no list.
    private init(
        wrong asked: AskedRecords, _ understood: AskedRecords.Understood, _ snapshot: Snapshot
    ) {
        let words = snapshot.words
        title = RecordsPage.title(asked.kind, words)
        lead = words["records_wrong"]
        form = RecordFilterForm(asked, understood, asked.columns(words), snapshot)
        summary = form.wrong
        (periods, table, empty, pager, takeAway, takeNote) = (nil, nil, nil, nil, nil, nil)
    }

    private static func title(_ kind: Kind, _ words: Words) -> String {
        words["records_title", ["kind": kind.name[words.language]]]
    }

    private static func lead(
        _ total: Int, _ understood: AskedRecords.Understood, _ words: Words
    ) -> String {
        let count =
            total > countLimit
            ? words["records_many", ["limit": countLimit.grouped]]
            : words["records_total", ["count": total.grouped]]
        return [count, understood.extent(words)].joined(separator: " · ")
    }

    /// The periods that are asked for most, but for the one that is shown.
    private static func periods(
        _ asked: AskedRecords, _ understood: AskedRecords.Understood, _ snapshot: Snapshot
    ) -> [Link] {
        let (words, usual) = (snapshot.words, snapshot.periods)
        let isEvent = asked.kind.shape == .event
        var links: [(text: String, label: String)] = []
        func add(_ period: Period?) {
            guard let period, period.text != understood.period?.text else { return }
            links.append((period.text, period.words(today: snapshot.today)[words.language]))
        }
        add(isEvent ? usual?.half : usual?.lastDay)
        add(isEvent ? usual?.soFar : .day(snapshot.today))
        if isEvent { add(usual.flatMap { Period(String($0.half.from.year)) }) }
        if understood.period != nil {
            links.append((AskedRecords.always, words["records_always"]))
        }
        return links.map { Link($0.label, asked.address.with(AskedRecords.period, $0.text)) }
    }
}

extension RecordsPage.Table {
    init(
        _ records: [Record], _ columns: [RecordColumn], _ named: NamedInRecords,
        _ snapshot: Snapshot
    ) {
        let words = snapshot.words
        let looks = columns.map { column in
            switch column.tableColumn(words).kind {
            case .number: "number"
            case .day: "day"
            case .text: ""
            }
        }
        heads = zip(columns, looks).map {
            RecordsPage.Head(headLabel: $0.heading(words), headLook: $1)
        }
        rows = records.map { record in
            let cells = RecordCells(record: record, named: named, snapshot: snapshot)
            return RecordsPage.Row(
                day: record.happenedOn.description, href: Address.record(record.id).text,
                unit: cells.unit().name,
                cells: zip(columns, looks).map {
                    RecordsPage.Cell(cellText: cells.text($0), cellLook: $1)
                })
        }
    }
}

/// A list was asked for with something wrong: the page that says what.
struct Misasked: Error {
    let page: RecordsPage
}

extension AskedRecords {
    func list(_ understood: Understood, in scope: Scope) -> RecordList.Asked {
        RecordList.Asked(
            kind, in: scope, period: understood.period, units: understood.units,
            conditions: understood.conditions, order: understood.order)
    }
}

extension AskedRecords.Understood {
    /// Of which time and unit the list is.
    func extent(_ words: Words) -> String {
        let time = period?.words[words.language] ?? words["records_always"]
        let place = version.map { words.withCode($0) } ?? words["records_everywhere"]
        return "\(time) · \(place)"
    }

    fileprivate func with(_ fault: Fault) -> AskedRecords.Understood {
        AskedRecords.Understood(
            period: period, version: version, units: units, conditions: conditions,
            order: order, faults: faults + [fault])
    }
}
