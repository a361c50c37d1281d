import Core
import HummingbirdTesting
import Storage
import TestKit
import Testing

struct NeedTests {
    @Test(arguments: Engine.available)
    func whatIsMissingOfANeedIsSaidBesideItsField(on engine: Engine) async throws {
        try await VolunteerTown.with(engine) { town in
            let denied = try await town.client.page("/volunteers/new", as: town.helpers[0])
            #expect(denied.status == 404)
            let wrong = try await town.client.submit(
                "/volunteers/new",
                VolunteerTown.need.merging([
                    "need_title": "", "need_day": "2015-06-30", "need_hands": "0",
                ]) { $1 }, as: town.first)
            #expect(wrong.status == 422 && wrong.text.contains("请填今天起一年内的日期"))
            #expect(wrong.text.contains("请填1到500的整数") && wrong.text.contains("一社区广场"))
            let need = try await town.state()
            let list = try await town.client.page("/volunteers")
            #expect(list.status == 200 && list.text.contains("清扫楼道"))
            #expect(list.text.contains("还需2人"), "\(list.text)")
            let page = try await town.client.page(need, language: .en)
            #expect(page.status == 200 && page.text.contains("0 of 2"))
            #expect(!page.text.contains(need + "/join"), "a visitor is offered no button")
        }
    }

    @Test(arguments: Engine.available)
    func fortyAtOnceFillTheRoomOnceAndTheOthersWait(on engine: Engine) async throws {
        try await VolunteerTown.with(engine, helpers: 40) { town in
            let need = try await town.state(["need_hands": "10"])
            var forms: [[(String, String)]] = []
            for helper in town.helpers {
                let page = try await town.client.page(need, as: helper)
                forms.append(page.hidden(for: need + "/join").map { ($0.key, $0.value) })
            }
            let ready = forms
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for (helper, form) in zip(town.helpers, ready) {
                    group.addTask {
                        try await town.client.send(need + "/join", form, as: helper).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(answers == Array(repeating: 303, count: 40))
            let states = try await town.states()
            #expect(states.filter { $0 == "taken" }.count == 10)
            #expect(states == states.sorted(), "those with room came before those who wait")
            let turns = try await town.test.database.read { db in
                try db.value(
                    "SELECT COUNT(DISTINCT turn) FROM volunteer_sign_up", as: Int.self)
            }
            #expect(turns == 40)
        }
    }

    @Test(arguments: Engine.available)
    func nobodySignsUpTwiceAndWhoeverWaitsMovesUp(on engine: Engine) async throws {
        try await VolunteerTown.with(engine, helpers: 3) { town in
            let need = try await town.state(["need_hands": "1"])
            let clerk = try await town.client.submit(need, [:], to: need + "/join", as: town.first)
            #expect(clerk.status == 409 && clerk.text.contains("没有对应的人员"))
            let early = try await town.client.page(need, as: town.helpers[0])
            try await town.join(need, town.helpers[0])
            let again = try await town.client.send(
                need + "/join",
                early.hidden(for: need + "/join").merging(["_key": "01jzzzzzzzzzzzzzzzzzzzzzzz"]) {
                    $1
                }.map { ($0.key, $0.value) }, as: town.helpers[0])
            #expect(again.status == 409, "\(again.status)")
            for helper in town.helpers[1...] { try await town.join(need, helper) }
            #expect(try await town.states() == ["taken", "waiting", "waiting"])
            let left = try await town.client.submit(
                need, [:], to: need + "/leave", as: town.helpers[0])
            #expect(left.status == 303, "\(left.text)")
            #expect(try await town.states() == ["left", "taken", "waiting"])
            let told = try await town.client.page("/my/messages", as: town.helpers[1])
            #expect(told.text.contains("有了名额"))
        }
    }

    @Test(arguments: Engine.available)
    func onlyWhoOrganizesCallsItOffAndEverybodyIsTold(on engine: Engine) async throws {
        try await VolunteerTown.with(engine) { town in
            let need = try await town.state()
            try await town.join(need, town.helpers[0])
            let other = try await town.client.page(need, as: town.second)
            #expect(!other.text.contains("取消活动") && !other.text.contains("志愿者1"))
            let done = try await town.client.submit(
                need, ["need_ended_for": "下雨改期"], to: need + "/end", as: town.first)
            #expect(done.status == 303, "\(done.text)")
            let page = try await town.client.page(need)
            #expect(page.text.contains("已取消：下雨改期"))
            let late = try await town.client.page(need, as: town.helpers[1])
            #expect(late.hidden(for: need + "/join").isEmpty)
            let told = try await town.client.page("/my/messages", as: town.helpers[0])
            #expect(told.text.contains("取消了"))
        }
    }
}
