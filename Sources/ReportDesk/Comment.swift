import Accounts
import Core
import Hummingbird
import Storage
import Web

/// POST …/sections/:section/comments and …/settlement. For whoever may see the report: says
/// something about a section, answers it, or says that it is settled.
struct Comment: Sendable {
    let desk: WritingDesk

    @Sendable func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let asked = try AskedSection(context)
        return try await desk.app.submit(form, context, needs: .right(.read), at: "text") {
            [desk] acting, db in
            let found = try desk.find(context, acting, db)
            guard let key = asked.key, found.version.body.section(key) != nil else {
                throw Refusal.notFound
            }
            var reader = FormReader(form)
            let text = reader.lines("text", atLeast: 2)
            try reader.check()
            let store = WritingStore(db)
            let all = try store.comments(on: found.writing.id)
            guard all.count < WritingLimits.comments else {
                throw Refusal.conflict(
                    zh: "一份报告最多\(WritingLimits.comments)条意见。",
                    en: "A report has \(WritingLimits.comments) comments at most.")
            }
            let answered = try form.all("answers").first?.nonEmpty.map { id in
                guard
                    let one = all.first(where: {
                        $0.id.text == id && $0.answers == nil && $0.section == key
                    })
                else { throw Refusal.notFound }
                return one.id
            }
            try store.insert(
                WritingComment(
                    id: .make(), section: key, version: found.version.number, text: text,
                    answers: answered, writtenBy: acting.actor.name, writtenAt: acting.moment,
                    isSettled: false), on: found.writing.id)
            try desk.note("report.commented", found.writing.id, acting, db)
            return Address.section(key, of: found.writing.id).with("done", "report_comment")
        } again: { state in
            try await WriteSection(desk: desk).page(context, state)
        }
    }

    @Sendable func settle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let asked = try AskedSection(context)
        return try await desk.app.submit(form, context, needs: .right(.read)) {
            [desk] acting, db in
            let found = try desk.find(context, acting, db)
            let store = WritingStore(db)
            let id = form.all("comment").first ?? ""
            let one = try store.comments(on: found.writing.id).first { $0.id.text == id }
            guard let one, one.section == asked.key else { throw Refusal.notFound }
            // Whoever said it may settle it, and whoever writes the report.
            guard
                one.writtenBy == acting.actor.name
                    || found.sight.holds(.write, in: found.writing.unit)
            else { throw Refusal.notFound }
            try store.settle(one.id, on: found.writing.id, by: acting.actor, at: acting.moment)
            try desk.note("report.comment_settled", found.writing.id, acting, db)
            return Address.section(asked.key, of: found.writing.id)
                .with("done", "report_comment_settled")
        }
    }
}
