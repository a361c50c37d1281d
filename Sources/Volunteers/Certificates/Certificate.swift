import Accounts
import Core
import Ledger
import Organization
import Papers
import Storage
import Web

/// What somebody is certified: for each deed the need it answered, what was done, and who confirmed
/// it. Never who was helped.
struct Certificate: Sendable {
    let name: String
    let issuer: String
    let day: Day
    let lines: [Line]
    private let words: Words

    struct Line: Sendable {
        let need: String
        let when: String
        let minutes: Int
        let confirmed: String
    }

    /// - Throws: `Refusal.notFound` for who has no confirmed hours, or whose name may not be shown.
    init(
        of persons: [Person.ID], _ desk: VolunteerDesk, _ words: Words, _ db: Connection
    ) throws {
        let structure = try desk.district.structure(db)
        let today = desk.app.today
        let all = try persons.isEmpty ? [] : SignUpStore(db).list(of: persons)
        let deeds = all.filter(\.signUp.isConfirmed).reversed()
        guard !deeds.isEmpty, let person = try PersonStore(db: db).find([persons[0]]).first else {
            throw Refusal.notFound
        }
        let accounts = try AccountStore(db).names(
            Set(deeds.compactMap { $0.signUp.organizer?.by }))
        name = person.name
        issuer = structure.root(nearest: today)?.name ?? "–"
        day = today
        self.words = words
        lines = deeds.compactMap { need, signUp in
            guard let organizer = signUp.organizer, let volunteer = signUp.volunteer else {
                return nil
            }
            let unit = desk.unitName(need.unit, structure)
            return Line(
                need: words["certificate_need", ["unit": unit, "title": need.title]],
                when: need.heldOn.description, minutes: organizer.minutes,
                confirmed: words[
                    "certificate_by",
                    [
                        "organizer": organizer.by.flatMap { accounts[$0] } ?? unit,
                        "day": organizer.at.day.description,
                        "own": volunteer.at.day.description,
                    ]])
        }
    }

    var total: String {
        words[
            "volunteers_total",
            [
                "count": lines.count.grouped,
                "minutes": lines.reduce(0) { $0 + $1.minutes }.grouped,
            ]]
    }

    /// The lines that are signed.
    var text: [String] {
        [
            words["certificate_title"],
            words["certificate_name", ["name": name]],
            words["certificate_issuer", ["district": issuer, "day": day.description]],
        ]
            + lines.enumerated().map { index, line in
                words[
                    "certificate_line",
                    [
                        "number": "\(index + 1)", "need": line.need, "day": line.when,
                        "minutes": "\(line.minutes)", "confirmed": line.confirmed,
                    ]]
            } + [total]
    }

    /// The same as a paper: what was done as a table, and the signature below.
    func paper(_ signed: SignedText, address: String) -> Paper {
        let head = ["need", "day", "minutes", "confirmed"].map { words["certificate_column_\($0)"] }
        let rows = lines.map { [$0.need, $0.when, "\($0.minutes)", $0.confirmed] }
        return Paper(
            .form, words.language, title: words["certificate_title"],
            blocks: [
                Paper.Block(.text, words["certificate_name", ["name": name]]),
                Paper.Block(.table, rows: [head] + rows),
                Paper.Block(.text, total),
                Paper.Block(.note, words["certificate_how", ["address": address]]),
                Paper.Block(.note, words["certificate_key", ["key": signed.key]]),
            ], signature: issuer, day: day.description)
    }
}
