import Catalogue
import Testing

/// Every body of one to sixty, counted one by one.
@Suite struct VoteCountTests {
    @Test(arguments: VoteCount.Base.allCases, [true, false])
    func howManyMustComeAndAgreeIsWhatCountingTells(_ base: VoteCount.Base, _ isStrict: Bool) {
        for entitled in 1...60 {
            for (quorum, passes) in [(50, 50), (80, 50), (66, 66), (50, 80)] {
                let count = VoteCount(
                    entitled: entitled, quorum: quorum, isQuorumStrict: isStrict, passes: passes,
                    isMajorityStrict: isStrict, base: base)
                func isEnough(_ part: Int, _ whole: Int, _ share: Int) -> Bool {
                    isStrict ? part * 100 > whole * share : part * 100 >= whole * share
                }
                let come = (1...entitled).first { isEnough($0, entitled, quorum) }
                #expect((come ?? entitled + 1) == count.leastPresent)
                for present in 1...entitled {
                    #expect(
                        count.hasQuorum(present: present) == isEnough(present, entitled, quorum))
                    let whole = base == .entitled ? entitled : present
                    let least = (1...entitled + 1).first { isEnough($0, whole, passes) }
                    #expect(count.leastFor(present: present) == least)
                    for votes in 1...present {
                        #expect(
                            count.isCarried(for: votes, present: present)
                                == isEnough(votes, whole, passes))
                    }
                }
            }
        }
    }

    @Test func theSumSaysWhatWasAskedAndWhetherItIsSo() {
        let count = VoteCount(
            entitled: 16, quorum: 50, isQuorumStrict: true, passes: 50, isMajorityStrict: true,
            base: .entitled)
        #expect(count.quorumSum(present: 8) == "8/16 ≤ 50%")
        #expect(count.quorumSum(present: 9) == "9/16 > 50%")
        #expect(count.majoritySum(for: 8, present: 9) == "8/16 ≤ 50%")
        #expect(count.majoritySum(for: 9, present: 9) == "9/16 > 50%")
        let resolution = VoteCount(
            entitled: 16, quorum: 50, isQuorumStrict: false, passes: 50, isMajorityStrict: true,
            base: .present)
        #expect(resolution.quorumSum(present: 8) == "8/16 ≥ 50%")
        #expect(resolution.quorumSum(present: 7) == "7/16 < 50%")
        #expect(resolution.majoritySum(for: 5, present: 8) == "5/8 > 50%")
    }
}
