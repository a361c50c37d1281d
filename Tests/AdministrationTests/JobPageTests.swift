import Administration
import Core
import Storage
import TestKit
import Testing

/// The page of background work.
struct JobPageTests {
    private struct Broken: Error { let person = "张三" }

    @Test(arguments: Engine.available)
    func whatWaitsAndWhatWentWrongIsSeenInBothLanguages(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let empty = try await desks.client.page("/admin/jobs", as: desks.system)
            #expect(empty.status == 200 && empty.text.contains("还没有后台任务"))
            let test = desks.district
            try await test.database.write { db in
                try JobStore(db).ask("retention", at: test.district.now())
                try JobStore(db).ask("upload", "u-1", at: test.district.now())
            }
            let runner = JobRunner(
                test.database,
                [
                    JobKind("retention") { _, _ in throw Broken() },
                    JobKind("upload") { _, progress in progress(3, 3) },
                ], now: test.district.now, log: { _, _ in })
            while try await runner.runOnce() {}
            let page = try await desks.client.page("/admin/jobs", as: desks.system).text
            for text in ["到期删除", "等待", "Broken", "2015-07-01 12:00", "3/3", "u-1", "已完成"] {
                #expect(page.contains(text), "\(text)")
            }
            #expect(!page.contains("张三"))
            let english = try await desks.client.page(
                "/admin/jobs", as: desks.system, language: .en
            ).text
            for text in ["Deleting what has had its time", "waits", "Goes on"] {
                #expect(english.contains(text), "\(text)")
            }
        }
    }
}
