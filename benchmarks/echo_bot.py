"""The reference: aiogram as it comes, which answers each message with one and stores nothing."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

dispatcher = Dispatcher()


@dispatcher.message()
async def said(message: Message) -> None:
    await message.answer(message.text or "")


@dispatcher.callback_query()
async def tapped(press: CallbackQuery) -> None:
    await press.answer()


async def run() -> None:
    server = TelegramAPIServer.from_base(os.environ["MASHANG_API_URL"])
    async with Bot(os.environ["MASHANG_TOKEN"], AiohttpSession(api=server)) as bot:
        await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(run())
