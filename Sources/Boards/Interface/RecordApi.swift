import Catalogue
import Core
import Ledger
import Organization
import Web

/// GET /api/v1/kinds/:kind/records and GET /api/v1/records/:id. For everybody, where the kind is
/// public and names nobody; with a key, what its account may read on the pages of the same. Persons
/// are counted and never named.
struct RecordApi: Sendable {
    let board: Board

    static let schema = Schema.object([
        "id": .text(), "kind": .text(), "day": .day(), "time": .text().orNull,
        "through": .day(
            Wording(zh: "持续事项的最后一天。", en: "The last day of a thing that has ended.")
        ).orNull,
        "unit": Schema.named("Unit").orNull, "place": Schema.named("Unit").orNull,
        "values": .values(
            of: .any(of: [.text(), .number(), .flag(), .list(of: .text())]),
            Wording(
                zh: "各项内容，名称见该种类的 values；没有填写的不列。",
                en: "What it says, by the ids of its kind's `values`; what is not given is missing."
            )),
        "page": .address(),
    ])

    var list: ApiRoute {
        ApiRoute(
            "records", at: "kinds/{kind}/records",
            Wording(zh: "一种记录的列表。", en: "The records of one kind."),
            [
                KindApi.kind, .unit,
                ApiParameter(
                    AskedRecords.period, zh: "时段；all 为不限；不写时为最近完整的半年。",
                    en: "A period, or all; else the latest finished half-year."),
                ApiParameter(
                    AskedRecords.search, zh: "文字中含有什么。", en: "What its texts hold."),
                ApiParameter(
                    AskedRecords.sort,
                    zh: "oldest 为从早到晚；或某个数值的标识，其后加 .up 为从小到大。",
                    en: "`oldest`, or the id of a measure, with .up behind it from the smallest."),
                ApiFilters.parameter,
            ], isPaged: true,
            tells: [
                (
                    "total",
                    .object(
                        ["count": .count(), "is_more": .flag()],
                        Wording(zh: "共有多少条；很多时只数到上限。", en: "How many, counted up to a limit.")
                    )
                ),
                ("items", .list(of: .named("Record"))),
            ], use: tellAll)
    }

    @Sendable private func tellAll(_ ask: ApiAsk) async throws -> ApiAnswer {
        guard let kind = board.figures.district.catalogue.kinds[try ask.context.word("kind")]
        else { throw Refusal.notFound }
        let access = kind.isListed ? nil : ask.recordAccess
        let structure = try await board.figures.district.structure()
        guard board.figures.district.listScope(kind, of: access, structure) != nil else {
            throw Refusal.notFound
        }
        let keyset = try ask.keyset(parts: 2)
        let filters = try ApiFilters(ask.query, of: kind)
        let asked = AskedRecords(kind, ask.query.adding(filters.pairs))
        return try await board.answer(ask, for: access) { snapshot in
            let understood = asked.understood(snapshot)
            guard understood.faults.isEmpty else {
                throw Refusal.invalid(understood.faults.map(ApiFilters.named))
            }
            let scope = try snapshot.listScope(kind, access)
            let list = RecordList(
                asked.list(understood, in: scope), asOf: snapshot.reading.position, snapshot.db)
            let total = try list.total(upTo: RecordsPage.countLimit)
            let isMore = total > RecordsPage.countLimit
            if case .measure = understood.order, isMore {
                throw Refusal.invalid(
                    AskedRecords.sort, zh: "记录太多，只能按日期排序，请缩小范围。",
                    en: "So many records are sorted by their day only: ask for fewer.")
            }
            let found = try list.page(
                after: keyset.after?.parts, limit: keyset.fetch, of: total)
            let (shown, next) = keyset.cut(found, key: list.place)
            let named = try NamedInRecords(of: shown.map(\.id), snapshot.db)
            return ApiAnswer(
                [
                    JSON.Member(
                        "total",
                        [
                            "count": .number(min(total, RecordsPage.countLimit)),
                            "is_more": .flag(isMore),
                        ]),
                    JSON.Member(
                        "items",
                        .list(
                            shown.map { snapshot.json($0, kind, named, countsPeople: true) })),
                ], next: next)
        }
    }

    var one: ApiRoute {
        ApiRoute(
            "record", at: "records/{id}", Wording(zh: "一条记录。", en: "One record."),
            [ApiParameter("id", isInPath: true, zh: "记录的编号。", en: "The id of a record.")],
            tells: [
                ("record", .named("Record")),
                (
                    "counts",
                    .flag(
                        Wording(
                            zh: "是否计入；已撤销或本身是撤销、终止的不计入。",
                            en: "Whether it counts: not what was taken back, nor what takes back."))
                ),
            ], use: tell)
    }

    @Sendable private func tell(_ ask: ApiAsk) async throws -> ApiAnswer {
        let id = try ask.context.id("id", of: Record.self)
        let access = ask.recordAccess
        return try await board.answer(ask, for: access) { snapshot in
            let (district, structure) = (snapshot.district, snapshot.structure)
            let scope = access.map { district.scope(of: $0, structure) } ?? district.publicScope
            let records = RecordStore(db: snapshot.db)
            guard let record = try records.find(id, in: scope),
                let kind = snapshot.catalogue.kinds[record.kind]
            else { throw Refusal.notFound }
            let tops = access.map { $0.units(.read).union($0.units(.write)) } ?? []
            let reads = structure.lies(record.unit, below: tops, on: snapshot.today)
            let named = try NamedInRecords(of: [id], snapshot.db)
            let counts = try records.counts(id) && record.reverses == nil && record.ends == nil
            return ApiAnswer([
                JSON.Member(
                    "record", snapshot.json(record, kind, named, countsPeople: reads)),
                JSON.Member("counts", .flag(counts)),
            ])
        }
    }
}

extension Snapshot {
    /// A record as the interface tells it.
    ///
    /// - Parameter countsPeople: whether it may say how many persons or households it is of.
    fileprivate func json(
        _ record: Record, _ kind: Kind, _ named: NamedInRecords, countsPeople: Bool
    ) -> JSON {
        let unit = structure.nearestVersion(record.unit, on: record.happenedOn)
        let place = record.place.flatMap {
            structure.nearestVersion($0, on: record.happenedOn)
        }
        return [
            "id": .text(record.id.text), "kind": .text(kind.id), "day": .day(record.happenedOn),
            "time": .optional(record.minute?.description),
            "through": kind.shape == .standing ? .day(named.lastDay(record)) : .null,
            "unit": unit?.json ?? .null, "place": place?.json ?? .null,
            "values": .object(values(record, kind, named, countsPeople)),
            "page": .text(Address.record(record.id).text),
        ]
    }

    private func values(
        _ record: Record, _ kind: Kind, _ named: NamedInRecords, _ countsPeople: Bool
    ) -> [JSON.Member] {
        var values: [JSON.Member] = []
        for field in kind.fields {
            guard let text = record.fields[field.id] else { continue }
            let value: JSON =
                switch field.form {
                case .flag: .flag(text == "true")
                case .number: Int(text).map { .number($0) } ?? .text(text)
                case .text, .choice, .day: .text(text)
                }
            values.append(JSON.Member(field.id, value))
        }
        for (measure, amount) in zip(kind.measures, record.measures) {
            guard let amount else { continue }
            values.append(
                JSON.Member(measure.id, .number(Reading.written(amount, measure.unit))))
        }
        if countsPeople {
            values += kind.persons.map {
                JSON.Member($0.id, .number(named.persons(record.id, $0.id)))
            }
        }
        for subject in kind.subjects {
            let codes = named.subjects(record.id, subject.id)
            if subject.id != "household" {
                values.append(JSON.Member(subject.id, .list(codes.map { .text($0) })))
            } else if countsPeople {
                values.append(JSON.Member(subject.id, .number(codes.count)))
            }
        }
        return values
    }
}
