import Core
import Web

/// The one button that reminds those who have not done what a page shows.
struct Reminding: Sendable {
    /// Nil where nobody is left to remind.
    let button: String?
    let head: FormHead
    /// What was asked of the page, so that the same is reminded of.
    let hidden: [HiddenField]
    let note: String

    /// The field that says that what was shown was the list, and not the matrix.
    static let listName = "list"

    /// Nil where there is nobody to remind, and nobody was.
    init?(_ found: Remindable, _ asked: AskedMatrix, _ words: Words, head: () -> FormHead) {
        self.init(
            found,
            [
                ("unit", asked.unit), ("due", asked.due), ("period", asked.period?.text),
                ("streak", asked.streak.map(String.init)),
            ], words, head: head)
    }

    /// The same for the list.
    init?(_ found: Remindable, _ asked: AskedDues, _ words: Words, head: () -> FormHead) {
        self.init(
            found,
            [
                (Self.listName, "1"), ("unit", asked.unit), ("due", asked.due),
                ("state", asked.state?.rawValue),
            ], words, head: head)
    }

    private init?(
        _ found: Remindable, _ asked: [(name: String, value: String?)], _ words: Words,
        head: () -> FormHead
    ) {
        let count = found.units.count
        guard count > 0 || found.quiet > 0 else { return nil }
        button = count == 0 ? nil : words["remind_go", ["count": count.grouped]]
        self.head = head()
        hidden = asked.compactMap { name, value in value.map { HiddenField(name, $0) } }
        let days = String(DueReminder.quietDays)
        note =
            found.quiet == 0
            ? words["remind_note", ["days": days]]
            : words["remind_note_quiet", ["days": days, "count": found.quiet.grouped]]
    }
}

/// What the page showed from which somebody reminds.
enum AskedReminder: Sendable {
    case matrix(AskedMatrix)
    case list(AskedDues)

    init(_ form: Form) throws(Refusal) {
        let text = { (name: String) throws(Refusal) in try form.text(name) }
        self =
            try text(Reminding.listName) == nil
            ? .matrix(AskedMatrix(text)) : .list(AskedDues(text))
    }

    var unit: String? {
        switch self {
        case .matrix(let asked): asked.unit
        case .list(let asked): asked.unit
        }
    }

    /// The page it was asked from.
    var address: Address {
        switch self {
        case .matrix(let asked): asked.address
        case .list(let asked): asked.address
        }
    }

    /// Where the one who is reminded finds what they owe.
    var place: Address {
        switch self {
        case .matrix(let asked):
            Address.matrix.with("due", asked.due).with("period", asked.period?.text)
        case .list(let asked): Address.dues.with("due", asked.due)
        }
    }

    /// What of it a reader may remind others of.
    func remindable(_ reading: DueReading, _ access: Access) throws -> Remindable {
        switch self {
        case .matrix(let asked):
            return Remindable(
                try reading.matrix(asked.question(of: reading)), access, reading.structure,
                on: reading.today, recent: [])
        case .list(let asked):
            let lines = try reading.unsorted(asked.dues(of: reading)).filter {
                asked.state == nil || $0.occurrence.state == asked.state
            }
            return Remindable(
                lines, access, reading.structure, on: reading.today, recent: [])
        }
    }
}
