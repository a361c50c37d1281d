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
    let app: Services

    /// The fewest characters of a reason.
    static let reasonCharacters = 5

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("person", of: Person.self)
        return try await app.submit(form, context, needs: .right(.accounts), at: "into") {
            [app] acting, db in
            var reader = FormReader(form)
            let into = reader.line("into")
            let reason = reader.lines("reason", atLeast: Self.reasonCharacters)
            try reader.check()
            let look = PersonDirectory(db: db)
            guard try look.find(id) != nil else { throw Refusal.notFound }
            let other = try Services.person(number: into, at: "into", db)
            let join = try app.district.join(
                id, into: other.id, on: acting.today, by: acting.actor, db)
            try look.keepReason(reason, of: join)
            return Address.person(id).with("done", "persons_joined")
        } again: {
            try await ShowPersons(app: app).page(context, $0)
        }
    }

    @Sendable func part(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("person", of: Person.self)
        let join = try context.id("join", of: Person.self).text
        return try await app.submit(form, context, needs: .right(.accounts)) { [app] acting, db in
            let joins = try PersonDirectory(db: db).joins(of: id)
            guard joins.contains(where: { $0.id == join }) else { throw Refusal.notFound }
            try app.district.undoJoin(join, on: acting.today, by: acting.actor, db)
            return Address.person(id).with("done", "persons_parted")
        }
    }
}
