"""What must not travel can't be forwarded: a resident's number, and what a resident has sent to staff."""

import pytest
from scenes import scene


@scene
async def with_photos(play, characters):
    """A case with two photos."""
    manager, _, _, _, wang = characters
    await wang.sends_album(2, caption="3栋楼道灯不亮，晚上看不见")
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    return manager, wang


def posts(who):
    return [post for post in who.room.posts.values() if post.from_bot and not post.deleted]


async def test_a_shown_number_can_be_neither_forwarded_nor_copied(play, with_photos):
    manager, wang = with_photos
    await manager.taps("显示电话")
    (shown,) = [post for post in posts(manager) if wang.phone in post.text]
    assert shown.is_protected
    with pytest.raises(AssertionError, match="protected"):
        manager.account.forwards(manager.answer)


async def test_what_a_resident_has_sent_stays_where_staff_reads_it(play, with_photos):
    manager, _ = with_photos
    files = [post for post in posts(manager) if post.media]
    assert files
    assert all(post.is_protected for post in files)
    assert not any(post.is_protected for post in posts(manager) if not post.media)


async def test_what_the_company_shows_its_residents_is_theirs_to_keep(play, with_photos):
    manager, wang = with_photos
    await manager.taps("一般问题，2个工作日内办结")
    await manager.sends_photo("电工已到场，正在更换灯泡，今晚修好。", reply_to=manager.card)
    shown = [post for post in posts(wang) if post.media]
    assert shown
    assert not any(post.is_protected for post in posts(wang))
