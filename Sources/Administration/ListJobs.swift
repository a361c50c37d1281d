import Core
import Hummingbird
import Storage
import Web

/// GET /admin/jobs. For the system administrator: what the program does by itself, how far it is,
/// what went wrong last, and when it goes on.
struct ListJobs: Sendable {
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let jobs = try await site.database.read { try JobStore($0).list() }
        return site.show(JobsPage(jobs, site.words(context)), context)
    }
}

/// The jobs that wait, run or are over.
struct JobsPage: Page {
    static let template = "administration/jobs"

    let title: String
    let lead: String
    let rows: [Row]
    let isEmpty: Bool

    struct Row: Sendable {
        let what: String
        let subject: String
        let state: String
        let tag: String
        let progress: String
        let tries: String
        let finished: String
        let next: String
        let fault: String
    }

    init(_ jobs: [Job], _ words: Words) {
        title = words["jobs_title"]
        lead = words["jobs_lead", ["count": String(JobLimits.listed)]]
        rows = jobs.map { job in
            let isDue = job.state == .waiting
            return Row(
                what: words["job_\(job.kind)"], subject: job.subject.isEmpty ? "–" : job.subject,
                state: words["job_state_\(job.state.rawValue)"],
                tag: job.state == .failed || (isDue && job.fault != nil)
                    ? "tag-warn" : job.state == .done ? "tag-good" : "",
                progress: job.total > 0 ? "\(job.done)/\(job.total)" : "–",
                tries: String(job.tries), finished: job.finishedAt?.text ?? "–",
                next: isDue ? job.nextAt.text : "–", fault: job.fault ?? "–")
        }
        isEmpty = jobs.isEmpty
    }
}

extension Address {
    static let jobs = Address("admin", "jobs")
}
