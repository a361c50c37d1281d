import Core
import HummingbirdTesting
import Storage
import TestKit
import Testing

@Suite struct PersonPageTests {
    @Test(arguments: Engine.available)
    func aPersonIsFoundByNumberOrWholeNameOnly(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            func found(_ sought: String) async throws -> String {
                try await desks.client.page("/admin/persons?q=\(sought)", as: desks.system).text
            }
            #expect(try await found("T-1").contains("王试甲"))
            let namesakes = try await found("%E7%8E%8B%E8%AF%95%E7%94%B2")
            #expect(namesakes.contains("T-1") && namesakes.contains("T-2"))
            #expect(try await found("%E7%8E%8B").contains("没有找到"))
            let hostile = try await found("T-3")
            #expect(hostile.contains("&lt;b&gt;李") && !hostile.contains("<b>李"))
        }
    }

    @Test(arguments: Engine.available)
    func aJoinIsRefusedInWordsThenMadeOnceThenTakenBack(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let (first, second) = (try await desks.person("T-1"), try await desks.person("T-2"))
            let path = "/admin/persons/\(second)"
            let wrong: [([String: String], String, Int)] = [
                (["into": "T-9", "reason": "同一身份核对无误"], "into", 422),
                (["into": "T-2", "reason": "同一身份核对无误"], "into", 409),
                (["into": "", "reason": "同一身份核对无误"], "into", 422),
                (["into": "T-1", "reason": "同"], "reason", 422),
            ]
            for (fields, place, status) in wrong {
                let page = try await desks.client.submit(path, fields, as: desks.system)
                #expect(page.status == status, "\(fields)")
                #expect(page.text.contains("id=\"field-\(place)-faults\""), "\(fields)")
            }
            let fields = ["into": "T-1", "reason": "同一身份核对无误"]
            let done = try await desks.client.submit(path, fields, as: desks.system)
            #expect(done.location == path + "?done=persons_joined")
            let twice = try await desks.client.submit(path, fields, as: desks.system)
            #expect(twice.status == 409 && twice.text.contains("已经合并过"))
            let join = try await desks.text("SELECT id FROM person_join")
            let page = try await desks.client.page(path, as: desks.system)
            #expect(page.text.contains("同一身份核对无误") && page.text.contains("xi的名字"))
            let parted = try await desks.client.submit(
                path, [:], to: path + "/part/\(join)", as: desks.system)
            #expect(parted.location == path + "?done=persons_parted")
            let other = try await desks.client.page("/admin/persons/\(first)", as: desks.system)
            #expect(other.text.contains("撤销："))
            #expect(try await desks.count("SELECT COUNT(*) FROM person_join") == 2)
            await #expect(throws: DatabaseError.self) {
                try await desks.district.database.write {
                    try $0.script("UPDATE person_join_reason SET reason = 'x'")
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func whoseDataMayNotBeUsedIsNotNamed(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let path = "/admin/persons/\(try await desks.person("T-1"))"
            let open = try await desks.client.page(path, as: desks.system)
            #expect(open.text.contains("王试甲"))
            try await desks.district.database.write {
                try $0.script("UPDATE person SET restricted_at = 1 WHERE number = 'T-1'")
            }
            let closed = try await desks.client.page(path, as: desks.system)
            #expect(closed.status == 200 && !closed.text.contains("王试甲"))
        }
    }

    @Test(arguments: Engine.available)
    func theCatalogueTellsVersionsAndRules(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let catalogue = desks.district.district.catalogue
            let page = try await desks.client.page("/admin/catalogue", as: desks.auditor)
            for indicator in catalogue.indicators.values {
                #expect(page.text.contains(indicator.version), "\(indicator.id)")
            }
        }
    }
}
