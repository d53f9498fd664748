from tests.story.story import Story

def test_x(story: Story) -> None:
    print(len(story.thought))
