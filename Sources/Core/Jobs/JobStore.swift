import Storage

/// Every statement on jobs. Each change names the state it starts from, so that two programs that
/// take up the same job do it once.
package struct JobStore {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    /// Asks for a job, in the commit that makes it needed. One that waits is asked for anew; one
    /// that runs is done again when it is over.
    ///
    /// - Throws: `Refusal.conflict` when too many wait.
    package func ask(_ kind: String, _ subject: String = "", at moment: Moment) throws {
        let open = try db.value(
            "SELECT COUNT(*) FROM job WHERE state IN ('waiting', 'running')", as: Int.self)
        guard (open ?? 0) < JobLimits.queue else {
            throw Refusal.conflict(
                zh: "等待处理的后台任务过多，请几分钟后再试。",
                en: "Too many jobs wait to be done. Try again in a few minutes.")
        }
        try db.execute(
            """
            INSERT INTO job
                (kind, subject, state, again, done, total, tries, asked_at, next_at)
            VALUES (\(kind), \(subject), 'waiting', 0, 0, 0, 0, \(moment), \(moment))
            ON CONFLICT (kind, subject) DO UPDATE SET
                state = CASE WHEN job.state = 'running' THEN 'running' ELSE 'waiting' END,
                again = CASE WHEN job.state = 'running' THEN 1 ELSE 0 END,
                tries = CASE WHEN job.state = 'running' THEN job.tries ELSE 0 END,
                asked_at = \(moment), next_at = \(moment)
            """)
    }

    /// Writes down a job that comes again, unless it is written down already.
    func expect(_ kind: String, at moment: Moment) throws {
        try db.execute(
            """
            INSERT INTO job
                (kind, subject, state, again, done, total, tries, asked_at, next_at)
            VALUES (\(kind), '', 'waiting', 0, 0, 0, 0, \(moment), \(moment))
            ON CONFLICT (kind, subject) DO NOTHING
            """)
    }

    /// What a stop interrupted waits once more: the jobs of programs that are over, and those of
    /// which no program has said for long that it is at them.
    ///
    /// - Returns: the kinds of these jobs.
    func takeUpAbandoned(by own: RunnerName, at moment: Moment) throws -> Set<String> {
        let silent = moment.milliseconds - JobLimits.abandonedSeconds * 1_000
        var kinds: Set<String> = []
        for row in try db.rows(
            "SELECT kind, subject, runner, beat_at FROM job WHERE state = 'running'")
        {
            let (kind, subject) = (
                try row.get("kind", as: String.self), try row.get("subject", as: String.self)
            )
            let runner = try row.optional("runner", as: String.self)
            let beat = try row.optional("beat_at", as: Moment.self)?.milliseconds ?? 0
            guard runner != own.text,
                beat < silent || runner.flatMap(RunnerName.init)?.isOver(seenBy: own) ?? true
            else { continue }
            try db.execute(
                """
                UPDATE job SET state = 'waiting', done = 0
                WHERE kind = \(kind) AND subject = \(subject) AND state = 'running'
                """)
            kinds.insert(kind)
        }
        return kinds
    }

    /// Of some kinds, the job that waits longest and may begin.
    func next(of kinds: [String], at moment: Moment) throws -> Job? {
        try db.first(
            """
            SELECT * FROM job WHERE state = 'waiting' AND next_at <= \(moment)
                AND kind IN (\(values: kinds))
            ORDER BY next_at, subject, kind LIMIT 1
            """
        ).map(Job.init)
    }

    /// When the next of some kinds may begin.
    func soonest(of kinds: [String]) throws -> Moment? {
        try db.value(
            """
            SELECT MIN(next_at) FROM job WHERE state = 'waiting' AND kind IN (\(values: kinds))
            """, as: Moment.self)
    }

    func begin(_ job: Job, by runner: RunnerName, at moment: Moment) throws -> Bool {
        try db.execute(
            """
            UPDATE job SET state = 'running', again = 0, done = 0, total = 0, tries = tries + 1,
                started_at = \(moment), finished_at = NULL,
                runner = \(runner.text), beat_at = \(moment)
            WHERE kind = \(job.kind) AND subject = \(job.subject) AND state = 'waiting'
            """) == 1
    }

    /// Writes down how far it is; false when another program has taken it up meanwhile.
    func reach(_ done: Int, of total: Int, _ job: Job, by runner: RunnerName) throws -> Bool {
        try change(job, by: runner, "done = \(done), total = \(total)")
    }

    /// Writes down that a program is still at it.
    func beat(_ job: Job, by runner: RunnerName, at moment: Moment) throws {
        _ = try change(job, by: runner, "beat_at = \(moment)")
    }

    /// Writes down that it was done; it waits for its next time, or once more if somebody asked
    /// for it meanwhile.
    func finish(_ job: Job, by runner: RunnerName, next: Moment?, at moment: Moment) throws {
        try over(job, runner, next: next, orElse: .done, fault: nil, tries: "0", at: moment)
    }

    /// Writes down what went wrong, and when it is tried again; nil when it no longer is.
    func fail(
        _ job: Job, by runner: RunnerName, _ fault: String, next: Moment?, at moment: Moment
    ) throws {
        try over(
            job, runner, next: next, orElse: .failed, fault: fault, tries: "tries", at: moment)
    }

    private func over(
        _ job: Job, _ runner: RunnerName, next: Moment?, orElse state: Job.State, fault: String?,
        tries: SQL, at moment: Moment
    ) throws {
        let after = next == nil ? state : .waiting
        _ = try change(
            job, by: runner,
            """
            state = CASE WHEN again = 1 THEN 'waiting' ELSE \(after.rawValue) END,
                next_at = CASE WHEN again = 1 THEN asked_at ELSE \(next ?? moment) END,
                tries = CASE WHEN again = 1 THEN 0 ELSE \(tries) END,
                again = 0, finished_at = \(moment), fault = \(fault)
            """)
    }

    /// Changes a job that this program has under way.
    private func change(_ job: Job, by runner: RunnerName, _ values: SQL) throws -> Bool {
        try db.execute(
            """
            UPDATE job SET \(values)
            WHERE kind = \(job.kind) AND subject = \(job.subject) AND state = 'running'
                AND runner = \(runner.text)
            """) == 1
    }

    package func find(_ kind: String, _ subject: String = "") throws -> Job? {
        try db.first("SELECT * FROM job WHERE kind = \(kind) AND subject = \(subject)")
            .map(Job.init)
    }

    /// The newest jobs, those that run or wait first.
    package func list() throws -> [Job] {
        try db.rows(
            """
            SELECT * FROM job
            ORDER BY CASE state WHEN 'running' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END,
                COALESCE(finished_at, asked_at) DESC, kind, subject LIMIT \(JobLimits.listed)
            """
        ).map(Job.init)
    }

    /// Deletes jobs that have been over for long.
    func sweep(at moment: Moment) throws -> Int {
        let kept = Moment(
            milliseconds: moment.milliseconds - JobLimits.keptDays * 86_400_000)
        let old = try db.rows(
            """
            SELECT kind, subject FROM job
            WHERE state IN ('done', 'failed') AND finished_at < \(kept)
            LIMIT \(JobLimits.sweptAtOnce)
            """
        ).map { (kind: try $0.at(0, as: String.self), subject: try $0.at(1, as: String.self)) }
        for job in old {
            try db.execute("DELETE FROM job WHERE kind = \(job.kind) AND subject = \(job.subject)")
        }
        return old.count
    }
}

/// The table of jobs. It names nobody: a subject is the identity of what the job is about.
package let jobMigration = Migration(id: "2026-11-29-jobs") { _ in
    """
    CREATE TABLE job (
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
        again BIGINT NOT NULL CHECK (again IN (0, 1)),
        done BIGINT NOT NULL CHECK (done >= 0),
        total BIGINT NOT NULL CHECK (total >= 0),
        tries BIGINT NOT NULL CHECK (tries >= 0),
        asked_at BIGINT NOT NULL,
        next_at BIGINT NOT NULL,
        started_at BIGINT,
        finished_at BIGINT,
        fault TEXT,
        PRIMARY KEY (kind, subject)
    );
    CREATE INDEX job_next ON job (next_at) WHERE state = 'waiting';
    """
}

/// Whose a running job is, and when that program last said so.
package let jobRunnerMigration = Migration(id: "2026-11-29-job-runner") { _ in
    """
    ALTER TABLE job ADD COLUMN runner TEXT;
    ALTER TABLE job ADD COLUMN beat_at BIGINT;
    """
}
