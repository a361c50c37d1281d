import Accounts
import Core
import Ledger
import Organization
import Storage
import Web

/// What of hours waits for somebody: what an organizer has not confirmed yet, and what they
/// themselves have not.
struct VolunteerDuties {
    let asOrganizer: [VolunteerNeed]
    let asVolunteer: [VolunteerNeed]

    var count: Int { asOrganizer.count + asVolunteer.count }

    init(
        _ district: District, _ account: Account.ID?, _ access: Access, _ db: Connection
    ) throws {
        let today = district.now().day
        let units = access.units(.write)
        if units.isEmpty {
            asOrganizer = []
        } else {
            let heads = try district.structure(db).heads(units, on: today)
            asOrganizer = try NeedStore(db).unconfirmed(
                in: ReachRow.below(heads, on: today), on: today)
        }
        guard let account, let person = try AccountStore(db).person(of: account) else {
            asVolunteer = []
            return
        }
        asVolunteer = try SignUpStore(db).list(of: PersonStore(db: db).entries(of: person))
            .filter { need, signUp in
                need.endedFor == nil && need.heldOn <= today && signUp.state == .taken
                    && signUp.organizer != nil && !signUp.isConfirmed
            }.map(\.need)
    }
}

/// The same on the desk of whoever is signed in.
func dutiesOnDesk(_ district: District) -> DeskParts {
    { context, words, db in
        let duties = try VolunteerDuties(
            district, context.reader.account, context.reader.access, db)
        guard duties.count > 0 else { return [] }
        let own = duties.asVolunteer.map { line($0, "volunteers_desk_own", .service, words) }
        let others = duties.asOrganizer.map {
            line($0, "volunteers_desk_organizer", .need($0.id), words)
        }
        return [
            DeskPart(
                .confirmations, words["nav_volunteers"], count: duties.count,
                lines: own + others, all: Link(words["volunteers_title"], .volunteers))
        ]
    }
}

private func line(
    _ need: VolunteerNeed, _ word: String, _ address: Address, _ words: Words
) -> DeskPart.Line {
    DeskPart.Line(label: words[word, ["title": need.title]], note: need.when, href: address.text)
}
