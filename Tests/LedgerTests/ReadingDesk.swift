import Catalogue
import Core
import Foundation
import Ledger
import Organization
import TestKit

/// A desk where entries are read without a database: one kind that has everything, a few units,
/// three persons of whom two share a name, and one record to refer to.
struct ReadingDesk {
    let kind: Kind
    let event: Kind
    let structure: Structure
    static let known = Record.ID.make()
    static let persons = [Person.ID.make(), .make(), .make()]

    init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "groundwork_\(UUID().uuidString)")
        let kinds = folder.appending(path: "kinds")
        try FileManager.default.createDirectory(at: kinds, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.text.utf8).write(to: kinds.appending(path: "desk.yaml"))
        let catalogue = try Catalogue(folders: [TestDistrict.home.catalogue, folder.path])
        guard let kind = catalogue.kinds["desk_visit"], let event = catalogue.kinds["material"]
        else { throw Refusal.notFound }
        self.kind = kind
        self.event = event
        let rows = [
            ("410102", "试验区", "district", nil), ("C1", "一社区", "community", "410102"),
            ("G1", "一网格", "grid", "C1"), ("OLD", "旧社区", "community", "410102"),
            ("BUR", "民政局", "bureau", "410102"),
        ]
        let founding = Structure().founding(
            rows.enumerated().map { index, row in
                UnitEntry(
                    row: index, code: row.0, name: row.1, form: row.2,
                    parents: row.3.map { [.territory: $0] } ?? [:], from: Day(2014, 1, 1)!,
                    to: row.0 == "OLD" ? Day(2015, 3, 1)! : nil)
            })
        structure = Structure().applying(founding.change)
    }

    func unit(_ code: String) -> OrgUnit.ID { structure.history(code: code)[0].unit }

    func read(_ values: [Heading: String], event isEvent: Bool = false) throws -> Entry {
        let target = EntryReader.Target(
            id: Self.known, unit: unit("C1"), from: Day(2015, 1, 1)!)
        let reader = EntryReader(
            kind: isEvent ? event : kind, structure: structure,
            at: Moment(milliseconds: Day(2015, 7, 1)!.start.milliseconds + 43_200_000),
            person: { name, _ in
                switch name {
                case "P-1", "甲": .one(Self.persons[0])
                case "P-2": .one(Self.persons[1])
                case "同名": .many(["P-2", "P-3"])
                default: .none
                }
            },
            record: { $0 == "K-1" ? target : nil })
        return try reader.read(values)
    }

    /// A visit that is in order.
    static let visit: [Heading: String] = [
        .ref: "V-1", .day: "2015年3月1日", .lastDay: "2015/6/30", .unit: "C1", .place: "G1",
        .measure(0): "1,090", .measure(1): "12.5", .field("mode"): "上门", .field("heads"): "３",
        .field("seen"): "2015.2.3", .field("agreed"): "是", .field("note"): "都好",
        .person("visitor"): "P-1", .person("guest"): "P-1；P-2", .subject("firm"): "F-1、F-2",
        .privateValue("contact"): "6810-0000",
    ]

    private static let text = """
        desk_visit:
          name: {zh: 走访, en: Visit}
          shape: standing
          minute: optional
          visibility: internal
          serves: []
          at: [community]
          place: {label: {zh: 走访网格, en: Visited grid}, required: true, at: [grid]}
          measures:
            minutes: {label: {zh: 时长, en: Duration}, unit: minute, required: true}
            area: {label: {zh: 面积, en: Area}, unit: dm2, required: false}
          fields:
            mode:
              type: choice
              label: {zh: 方式, en: Mode}
              required: true
              options: {door: {zh: 上门, en: At the door}, phone: {zh: 电话, en: By telephone}}
            heads: {type: number, label: {zh: 人数, en: Heads}, required: false}
            seen: {type: day, label: {zh: 上次走访, en: Last seen}, required: false}
            agreed: {type: flag, label: {zh: 同意, en: Agreed}, required: false}
            note: {type: text, label: {zh: 备注, en: Note}, required: false}
          persons:
            visitor:
              label: {zh: 走访人, en: Visitor}
              required: true
              many: false
              register: cadre_assignment
            guest:
              label: {zh: 陪同人, en: Guest}
              required: false
              many: true
              register: cadre_assignment
          subjects:
            firm: {label: {zh: 企业, en: Firm}, required: true, many: true}
            car: {label: {zh: 车辆, en: Car}, required: false, many: false}
          private:
            contact: {label: {zh: 联系方式, en: Contact}, required: true, register: request_contact}
        """
}
