// A later approver sees the earlier approvers' comments; an earlier approver never sees the later ones'.
// A comment is visible to its author, to the person it was written for, to those it is addressed to, and to everybody
// who was asked to decide after the step of the comment had been closed. For everybody else it does not exist.
approval.visibility("recruiting__offer_approval", ({ me, item }) =>
  existence(
    item.author
      .is(me)
      .or(item.actingFor.is(me))
      .or(item.nodeClosedSeq.le(me.participation.lastActivatedSeq))
      .or(item.audience.contains(me)),
  ),
);
