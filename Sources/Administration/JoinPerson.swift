import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// POST /admin/persons/:person. For the system administrator: this person is the same as another.
/// POST /admin/persons/:person/part/:join. Takes that back.
struct JoinPerson: Sendable {
    let desk: Desk

    /// The fewest characters of a reason.
    static let reasonCharacters = 5

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("person", of: Person.self)
        let (draft, unread) = JoinPerson.read(form)
        var faults = unread
        if let draft {
            do {
                return try await desk.redirecting(form, context, .accounts) { [desk] db, moment in
                    let look = PersonLook(db: db)
                    guard try look.find(id) != nil else { throw Refusal.notFound }
                    let other = try Desk.person(number: draft.into, at: "into", db)
                    let join = try desk.district.join(
                        id, into: other.id, on: moment.day, by: context.actor, db)
                    try look.keepReason(draft.reason, of: join)
                    return Address.person(id).with("done", "persons_joined")
                }
            } catch {
                faults = try desk.faults(error, at: "into")
            }
        }
        return try await ShowPersons(desk: desk).page(
            context, Filled(context.language, form, faults))
    }

    @Sendable func part(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("person", of: Person.self)
        let join = try context.id("join", of: Person.self).text
        return try await desk.redirecting(form, context, .accounts) { [desk] db, moment in
            let joins = try PersonLook(db: db).joins(of: id)
            guard joins.contains(where: { $0.id == join }) else { throw Refusal.notFound }
            try desk.district.undoJoin(join, on: moment.day, by: context.actor, db)
            return Address.person(id).with("done", "persons_parted")
        }
    }

    private struct Draft: Sendable {
        let into: String
        let reason: String
    }

    private static func read(_ form: Form) -> (Draft?, [Fault]) {
        var reader = FormReader(form)
        let into = reader.line("into")
        let reason = reader.lines("reason", atLeast: reasonCharacters)
        guard let into, let reason else { return (nil, reader.faults) }
        return (Draft(into: into, reason: reason), [])
    }
}
